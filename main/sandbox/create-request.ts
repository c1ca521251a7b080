import { z } from 'zod'
import {
  type Facts,
  type FileRole,
  fileSetProblem,
  type Mode,
  providerTable,
  type Report,
  type RuleId,
  wan27,
} from '../../preload/contract'
import { isClipRole, isSoundRole } from '../preflight'

/** The models' names in DashScope's protocol, by mode. */
export const sandboxModels = {
  edit: 'wan2.7-videoedit',
  text: 'wan2.7-t2v',
  image: 'wan2.7-i2v',
  references: 'wan2.7-r2v',
} as const satisfies Record<Mode, string>

export const isSandboxModel = (name: unknown): boolean =>
  Object.values<unknown>(sandboxModels).includes(name)

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

const words = {
  prompt: cutAt(limits.promptCharacters),
  negative_prompt: cutAt(limits.negativePromptCharacters),
}
const neededWords = {
  ...words,
  prompt: words.prompt.refine((text) => text.trim() !== '', 'prompt is required'),
}

const shared = {
  resolution: z.enum(['720P', '1080P']).default('1080P'),
  prompt_extend: z.boolean().default(true),
  watermark: z.boolean().default(false),
  seed: z.int().min(limits.seed.min).max(limits.seed.max).optional(),
}

/** The body of DashScope's create call for an edit, and nothing more: see docs/providers/dashscope.md. */
export const editRequest = z.strictObject({
  model: z.literal(sandboxModels.edit),
  input: z.strictObject({ ...words, media }),
  parameters: z
    .strictObject({
      ...shared,
      ratio: z.enum(limits.ratios).optional(),
      duration: z.literal(0).or(z.int().min(limits.cut.min).max(limits.cut.max)).default(0),
      audio_setting: z.enum(['auto', 'origin']).default('auto'),
    })
    .prefault({}),
})
export type EditRequest = z.infer<typeof editRequest>

const seconds = wan27.text.options.duration
const made = {
  ...shared,
  duration: z.int().min(seconds.min).max(seconds.max).default(seconds.usual),
}
const ratio = z.enum(wan27.text.options.ratios).default('16:9')

/** Of an image or a clip to continue, the result has its ratio. */
const textRequest = z.strictObject({
  model: z.literal(sandboxModels.text),
  input: z.strictObject({ ...neededWords, audio_url: url.optional() }),
  parameters: z.strictObject({ ...made, ratio }).prefault({}),
})

const imageRequest = z.strictObject({
  model: z.literal(sandboxModels.image),
  input: z.strictObject({
    ...words,
    media: z.array(
      z.strictObject({
        type: z.enum(['first_frame', 'last_frame', 'driving_audio', 'first_clip']),
        url,
      }),
    ),
  }),
  parameters: z.strictObject(made).prefault({}),
})

const referencesRequest = z.strictObject({
  model: z.literal(sandboxModels.references),
  input: z.strictObject({
    ...neededWords,
    media: z.array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('first_frame'), url }),
        z.strictObject({
          type: z.enum(['reference_image', 'reference_video']),
          url,
          reference_voice: url.optional(),
        }),
      ]),
    ),
  }),
  parameters: z.strictObject({ ...made, ratio }).prefault({}),
})

/** The body of any create call. */
export const createRequest = z.discriminatedUnion('model', [
  editRequest,
  textRequest,
  imageRequest,
  referencesRequest,
])
export type CreateRequest = z.infer<typeof createRequest>
/** A request for a new video. */
export type NewVideoRequest = Exclude<CreateRequest, EditRequest>

/** A file of a request, with its role; `of` is the number of the reference that speaks with a voice, from 1. */
export interface RequestedFile {
  role: FileRole
  /** The service's word for the role. */
  type: string
  url: string
  of?: number
}

const roles = {
  video: 'clip',
  first_clip: 'clip',
  reference_image: 'reference-image',
  reference_video: 'reference-video',
  first_frame: 'first-frame',
  last_frame: 'last-frame',
  driving_audio: 'sound',
} as const satisfies Record<string, FileRole>

/** All files of a request in its order, each voice after its reference. */
export const requestedFiles = ({ input }: CreateRequest): RequestedFile[] => {
  if (!('media' in input))
    return input.audio_url ? [{ role: 'sound', type: 'audio_url', url: input.audio_url }] : []
  let number = 0
  return input.media.flatMap((item): RequestedFile[] => {
    const { type } = item
    const file = { role: roles[type], type, url: item.url }
    if (type !== 'reference_image' && type !== 'reference_video') return [file]
    number += 1
    const voice = 'reference_voice' in item ? item.reference_voice : undefined
    return voice
      ? [file, { role: 'voice', type: 'reference_voice', url: voice, of: number }]
      : [file]
  })
}

export const modeOf = ({ model }: CreateRequest): Mode =>
  (Object.keys(sandboxModels) as Mode[]).find((mode) => sandboxModels[mode] === model) ?? 'edit'

/** Why the files do not go together, or the length does not go with them; null where they do. */
const wrongTogether = (request: CreateRequest): string | null => {
  const files = requestedFiles(request)
  const problem = fileSetProblem(providerTable.sandbox, modeOf(request), files)
  if (problem) return `input.media: not a set of files that the model takes (${problem.variant})`
  const { duration } = request.parameters
  const hasVideo = files.some(({ role }) => role === 'reference-video')
  return hasVideo && duration > seconds.withVideo
    ? `parameters.duration: at most ${seconds.withVideo} with a reference_video`
    : null
}

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
  if (typeof model === 'string' && !isSandboxModel(model)) {
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
  const wrong = wrongTogether(parsed.data)
  if (wrong) return refusal(400, 'InvalidParameter', wrong)
  const stored = requestedFiles(parsed.data).some((file) => file.url.startsWith('oss://'))
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

/** Seconds by which a clip may be longer than its length in whole seconds. */
const rounding = 0.1

const kindOf = (role: FileRole): Facts['kind'] =>
  isClipRole(role) ? 'video' : isSoundRole(role) ? 'sound' : 'image'

/** Why the real service would refuse this file; null when it would accept it. Warnings do not count. */
export const refuseMedia = (
  { role, type }: Pick<RequestedFile, 'role' | 'type'>,
  facts: Facts,
  report: Report,
): Refusal | null => {
  if (facts.kind !== kindOf(role)) {
    return refusal(400, 'InvalidFile.Format', `The ${type} is not a supported file.`)
  }
  const broken = report.findings.find(({ level }) => level === 'fail')
  if (!broken) return null
  return refusal(400, `InvalidFile.${codes[broken.rule] ?? 'Format'}`, `${type}: ${broken.message}`)
}

/** Why a result cannot be as long as asked; null where it can: with the clip that it continues, it is at least as long. */
export const refuseDuration = (
  { parameters: { duration } }: CreateRequest,
  { type }: Pick<RequestedFile, 'type'>,
  facts: Facts,
): Refusal | null => {
  const length = facts.kind === 'video' ? (facts.duration ?? 0) : 0
  return type === 'first_clip' && length > duration + rounding
    ? refusal(400, 'InvalidParameter', 'duration must not be shorter than the first_clip')
    : null
}
