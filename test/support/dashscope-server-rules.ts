/**
 * Checks a create call by docs/providers/dashscope.md, "Create an edit".
 * Written from the documents alone: it must not copy anything from the adapter.
 */

export interface Refusal {
  status: number
  code: string
  message: string
}

export interface CreateRequest {
  headers: Record<string, string | string[] | undefined>
  body: unknown
  model: string
  /** Whether this `oss://` object was uploaded for this model. */
  knowsObject: (url: string) => boolean
}

const ratios = ['16:9', '9:16', '1:1', '4:3', '3:4']

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const invalid = (message: string): Refusal => ({ status: 400, code: 'InvalidParameter', message })

const extra = (value: Record<string, unknown>, known: readonly string[]): string | null =>
  Object.keys(value).find((key) => !known.includes(key)) ?? null

const whole = (value: unknown, min: number, max: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max

const parameterRules: Record<string, (value: unknown) => boolean> = {
  resolution: (value) => value === '720P' || value === '1080P',
  ratio: (value) => typeof value === 'string' && ratios.includes(value),
  duration: (value) => value === 0 || whole(value, 2, 10),
  audio_setting: (value) => value === 'auto' || value === 'origin',
  prompt_extend: (value) => typeof value === 'boolean',
  watermark: (value) => typeof value === 'boolean',
  seed: (value) => whole(value, 0, 2_147_483_647),
}

const judgeUrl = (type: string, url: string, request: CreateRequest): Refusal | null => {
  if (url.startsWith('oss://')) {
    if (request.headers['x-dashscope-ossresourceresolve'] !== 'enable') {
      return {
        status: 400,
        code: 'InvalidParameter.DataInspection',
        message: 'Unable to download the media resource during the data inspection process.',
      }
    }
    return request.knowsObject(url) ? null : invalid('url error, please check url!')
  }
  if (url.startsWith('data:')) {
    const allowed =
      type === 'reference_image' &&
      /^data:image\/(jpeg|png|bmp|webp);base64,[A-Za-z0-9+/]/.test(url)
    return allowed ? null : invalid('url error, please check url!')
  }
  const plain = /^https?:\/\/[!-~]+$/.test(url)
  return plain ? null : { status: 400, code: 'InvalidURL', message: 'The url is invalid.' }
}

const judgeMedia = (media: unknown, request: CreateRequest): Refusal | null => {
  if (!Array.isArray(media)) return invalid('Field required: input.media')
  for (const item of media) {
    if (!isRecord(item)) return invalid('input.media must hold objects')
    const unknownField = extra(item, ['type', 'url'])
    if (unknownField) return invalid(`unknown field input.media[].${unknownField}`)
    if (item['type'] !== 'video' && item['type'] !== 'reference_image') {
      return invalid(`media type ${String(item['type'])} is not supported`)
    }
    if (typeof item['url'] !== 'string') return invalid('Field required: input.media[].url')
    const refusal = judgeUrl(item['type'], item['url'], request)
    if (refusal) return refusal
  }
  const count = (type: string) => media.filter((item) => item.type === type).length
  if (count('video') !== 1) return invalid('input.media needs exactly one video')
  if (count('reference_image') > 4) return invalid('input.media takes at most 4 reference_image')
  return null
}

const judgeParameters = (parameters: unknown): Refusal | null => {
  if (parameters === undefined) return null
  if (!isRecord(parameters)) return invalid('parameters must be an object')
  for (const [name, value] of Object.entries(parameters)) {
    const allowed = parameterRules[name]
    if (!allowed) return invalid(`unknown field parameters.${name}`)
    if (!allowed(value)) return invalid(`parameters.${name} is invalid: ${JSON.stringify(value)}`)
  }
  return null
}

/** Why DashScope would refuse this create call; null when it would accept it. */
export const judgeCreate = (request: CreateRequest): Refusal | null => {
  const { headers, body } = request
  if (headers['x-dashscope-async'] !== 'enable') {
    return {
      status: 403,
      code: 'AccessDenied',
      message: 'current user api does not support synchronous calls.',
    }
  }
  if (!/^application\/json\b/.test(String(headers['content-type']))) {
    return invalid('Content-Type must be application/json')
  }
  if (!isRecord(body)) return invalid('the body must be a JSON object')
  const unknownField = extra(body, ['model', 'input', 'parameters'])
  if (unknownField) return invalid(`unknown field ${unknownField}`)
  if (body['model'] !== request.model) {
    return { status: 404, code: 'ModelNotFound', message: `Model not exist: ${body['model']}` }
  }
  const input = body['input']
  if (!isRecord(input)) return invalid('Field required: input')
  const unknownInput = extra(input, ['prompt', 'negative_prompt', 'media'])
  if (unknownInput) return invalid(`unknown field input.${unknownInput}`)
  for (const name of ['prompt', 'negative_prompt']) {
    if (input[name] !== undefined && typeof input[name] !== 'string') {
      return invalid(`input.${name} must be a string`)
    }
  }
  return judgeMedia(input['media'], request) ?? judgeParameters(body['parameters'])
}
