import { z } from 'zod'
import { type Facts, type Report, type RuleId, wan27 } from '../../preload/contract'

/** The model's name in DashScope's protocol. */
export const sandboxModel = 'wan2.7-videoedit'

const { options: limits } = wan27.edit

const url = z
  .string()
  .max(8192)
  .regex(/^(oss:\/\/|https?:\/\/)[!-~]+$/, 'url error, please check url!')

const media = z
  .array(z.strictObject({ type: z.enum(['video', 'reference_image']), url }))
  .refine(
    (items) => items.filter(({ type }) => type === 'video').length === 1,
    'exactly one video is required',
  )
  .refine(
    (items) => items.filter(({ type }) => type === 'reference_image').length <= limits.images.max,
    `at most ${limits.images.max} reference_image are allowed`,
  )

/** The real service truncates a long text silently. */
const cutAt = (characters: number) =>
  z
    .string()
    .default('')
    .transform((text) => [...text].slice(0, characters).join(''))

/** The body of DashScope's create call, and nothing more: see docs/providers/dashscope.md. */
export const createRequest = z.strictObject({
  model: z.literal(sandboxModel),
  input: z.strictObject({
    prompt: cutAt(limits.promptCharacters),
    negative_prompt: cutAt(limits.negativePromptCharacters),
    media,
  }),
  parameters: z
    .strictObject({
      resolution: z.enum(['720P', '1080P']).default('1080P'),
      ratio: z.enum(limits.ratios).optional(),
      duration: z.literal(0).or(z.int().min(limits.cut.min).max(limits.cut.max)).default(0),
      audio_setting: z.enum(['auto', 'origin']).default('auto'),
      prompt_extend: z.boolean().default(true),
      watermark: z.boolean().default(false),
      seed: z.int().min(limits.seed.min).max(limits.seed.max).optional(),
    })
    .prefault({}),
})
export type CreateRequest = z.infer<typeof createRequest>

/** A refusal in DashScope's own shape. */
export interface Refusal {
  status: number
  code: string
  message: string
}

export const refusal = (status: number, code: string, message: string): Refusal => ({
  status,
  code,
  message,
})

const modelOf = z.object({ model: z.unknown() })

/** The parsed request, or the refusal that DashScope would answer. */
export const readCreate = (
  body: unknown,
  headers: Record<string, string | string[] | undefined>,
): CreateRequest | Refusal => {
  if (headers['x-dashscope-async'] !== 'enable') {
    const message = 'current user api does not support synchronous calls.'
    return refusal(403, 'AccessDenied', message)
  }
  const model = modelOf.safeParse(body).data?.model
  if (typeof model === 'string' && model !== sandboxModel) {
    return refusal(404, 'ModelNotFound', `Model not exist: ${model.slice(0, 100)}`)
  }
  const parsed = createRequest.safeParse(body)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const where = issue?.path.join('.') || 'body'
    const missing = issue?.code === 'invalid_type' && issue.message.includes('undefined')
    const message = missing ? `Field required: ${where}` : `${where}: ${issue?.message}`
    return refusal(400, 'InvalidParameter', message)
  }
  const stored = parsed.data.input.media.some((item) => item.url.startsWith('oss://'))
  if (stored && headers['x-dashscope-ossresourceresolve'] !== 'enable') {
    const message = 'The media format is not supported or incorrect for the data inspection.'
    return refusal(400, 'InvalidParameter.DataInspection', message)
  }
  return parsed.data
}

/** The suffix of DashScope's `InvalidFile.*` code for a broken rule. */
const codes: Partial<Record<RuleId, string>> = {
  size: 'Size',
  duration: 'Duration',
  width: 'Resolution',
  height: 'Resolution',
  aspect: 'AspectRatio',
  frame_rate: 'FPS',
  readable: 'Openerror',
  complete: 'Openerror',
  protected: 'Openerror',
}

/** Why the real service would refuse this file; null when it would accept it. Warnings do not count. */
export const refuseMedia = (
  type: 'video' | 'reference_image',
  facts: Facts,
  report: Report,
): Refusal | null => {
  const expected = type === 'video' ? 'video' : 'image'
  if (facts.kind !== expected) {
    return refusal(400, 'InvalidFile.Format', `The ${type} is not a supported file.`)
  }
  const broken = report.findings.find(({ level }) => level === 'fail')
  if (!broken) return null
  return refusal(400, `InvalidFile.${codes[broken.rule] ?? 'Format'}`, `${type}: ${broken.message}`)
}
