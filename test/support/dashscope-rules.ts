import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import {
  boolean,
  isRecord,
  judgeMembers,
  type MemberRule,
  oneOf,
  ratio,
  text,
  whole,
  words,
} from './strict-body'
import { type Reply, xmlError } from './strict-faults'
import { formOf } from './strict-server'

/*
 * DashScope's documents about the create call and the upload of a file (docs/providers/dashscope.md), as judges of a
 * request. Written from the documents alone, never from our client.
 */

export interface Refusal {
  status: number
  code: string
  message: string
}

const invalid = (message: string): Refusal => ({ status: 400, code: 'InvalidParameter', message })

const anything: MemberRule = () => null

/** What the documents say of one model. */
interface ModelRules {
  /** Members of `input` besides prompts. */
  input: readonly string[]
  requires: readonly string[]
  /** Types of `media` items, and the most of each. */
  types: Readonly<Record<string, number>>
  /** Whether the items of `media` are a set that the document lists; else why not. */
  set: (count: (type: string) => number) => string | null
  parameters: Readonly<Record<string, MemberRule>>
}

const shared = {
  resolution: oneOf('720P', '1080P'),
  prompt_extend: boolean,
  watermark: boolean,
  seed: whole(0, 2_147_483_647),
}

/** Every model of Wan 2.7, as its page describes it. */
const modelRules = {
  'wan2.7-videoedit': {
    input: ['media'],
    requires: ['media'],
    types: { video: 1, reference_image: 4 },
    set: (count) => (count('video') === 1 ? null : 'needs exactly one video'),
    parameters: {
      ...shared,
      ratio,
      duration: whole(2, 10, 0),
      audio_setting: oneOf('auto', 'origin'),
    },
  },
  'wan2.7-t2v': {
    input: ['audio_url'],
    requires: ['prompt'],
    types: {},
    set: () => null,
    parameters: { ...shared, ratio, duration: whole(2, 15) },
  },
  'wan2.7-i2v': {
    input: ['media'],
    requires: ['media'],
    types: { first_frame: 1, last_frame: 1, driving_audio: 1, first_clip: 1 },
    set: (count) => {
      if (count('first_clip') === 1)
        return count('first_frame') + count('driving_audio') === 0
          ? null
          : 'takes first_clip only alone or with last_frame'
      return count('first_frame') === 1 ? null : 'needs first_frame or first_clip'
    },
    // The result has the ratio of the image.
    parameters: { ...shared, duration: whole(2, 15) },
  },
  'wan2.7-r2v': {
    input: ['media'],
    requires: ['prompt', 'media'],
    types: { reference_image: 5, reference_video: 5, first_frame: 1 },
    set: (count) => {
      const references = count('reference_image') + count('reference_video')
      return references >= 1 && references <= 5
        ? null
        : 'needs 1 to 5 reference_image and reference_video'
    },
    parameters: { ...shared, ratio, duration: whole(2, 15) },
  },
} as const satisfies Record<string, ModelRules>

/** The models that the strict server offers. */
export const models: readonly string[] = Object.keys(modelRules)

const imageTypes = ['reference_image', 'first_frame', 'last_frame']

const judgeUrl = (
  type: string,
  address: string,
  headers: IncomingHttpHeaders,
  knowsObject: (url: string) => boolean,
): Refusal | null => {
  const unknown = invalid('url error, please check url!')
  if (address.startsWith('oss://')) {
    if (headers['x-dashscope-ossresourceresolve'] === 'enable')
      return knowsObject(address) ? null : unknown
    return {
      status: 400,
      code: 'InvalidParameter.DataInspection',
      message: 'Unable to download the media resource during the data inspection process.',
    }
  }
  if (address.startsWith('data:')) {
    const isImage = /^data:image\/(jpeg|png|bmp|webp);base64,[A-Za-z0-9+/]/.test(address)
    return isImage && imageTypes.includes(type) ? null : unknown
  }
  const plain = /^https?:\/\/[!-~]+$/.test(address)
  return plain ? null : { status: 400, code: 'InvalidURL', message: 'The url is invalid.' }
}

/** Why DashScope refuses this create; null when it accepts it. `knowsObject`: whether an `oss://` object was uploaded. */
export const judgeCreate = (request: {
  headers: IncomingHttpHeaders
  body: unknown
  /** Replaces the name of the edit model. */
  model: string
  /** Whether an object was uploaded for this model: a policy is for one. */
  knowsObject: (url: string, model: string) => boolean
}): Refusal | null => {
  const { headers, body } = request
  if (headers['x-dashscope-async'] !== 'enable') {
    const message = 'current user api does not support synchronous calls.'
    return { status: 403, code: 'AccessDenied', message }
  }
  if (!/^application\/json\b/.test(String(headers['content-type'])))
    return invalid('Content-Type must be application/json')
  const bodyRules = { model: text, input: anything, parameters: anything }
  const wrongBody = judgeMembers(body, bodyRules, ['model', 'input'])
  if (wrongBody || !isRecord(body)) return invalid(`${wrongBody}`)
  const model = String(body['model'])
  const all: Readonly<Record<string, ModelRules>> = {
    ...modelRules,
    [request.model]: modelRules['wan2.7-videoedit'],
  }
  const rules = all[model]
  if (!rules) return { status: 404, code: 'ModelNotFound', message: `Model not exist: ${model}` }
  const knowsObject = (address: string) => request.knowsObject(address, model)
  const { input, parameters = {} } = body
  const inputRules = {
    prompt: rules.requires.includes('prompt') ? words : text,
    negative_prompt: text,
    ...Object.fromEntries(rules.input.map((name) => [name, anything])),
  }
  const wrongInput = judgeMembers(input, inputRules, rules.requires, 'input')
  if (wrongInput || !isRecord(input)) return invalid(`${wrongInput}`)
  const { audio_url: audio, media = [] } = input
  const wrongAudio =
    audio === undefined ? null : judgeUrl('audio', String(audio), headers, knowsObject)
  if (wrongAudio) return wrongAudio
  if (!Array.isArray(media)) return invalid('input.media is no list')
  for (const item of media) {
    const isReference = isRecord(item) && String(item['type']).startsWith('reference_')
    const voice = model === 'wan2.7-r2v' && isReference ? { reference_voice: text } : {}
    const itemRules = { type: oneOf(...Object.keys(rules.types)), url: text, ...voice }
    const wrong = judgeMembers(item, itemRules, ['type', 'url'], 'input.media[]')
    if (wrong) return invalid(wrong)
    const spoken = item.reference_voice === undefined ? [] : [['voice', item.reference_voice]]
    for (const [type, address] of [[item.type, item.url], ...spoken]) {
      const refusal = judgeUrl(type, address, headers, knowsObject)
      if (refusal) return refusal
    }
  }
  const count = (type: string) => media.filter((item) => item.type === type).length
  for (const [type, most] of Object.entries(rules.types))
    if (count(type) > most) return invalid(`input.media takes at most ${most} ${type}`)
  const wrongSet = rules.set(count)
  if (wrongSet) return invalid(`input.media ${wrongSet}`)
  const wrongParameter = judgeMembers(parameters, rules.parameters, [], 'parameters')
  if (wrongParameter) return invalid(wrongParameter)
  const longest = count('reference_video') > 0 ? 10 : 15
  return isRecord(parameters) && Number(parameters['duration'] ?? 5) > longest
    ? invalid(`duration is at most ${longest} with a reference_video`)
    : null
}

/** A permission to upload, as the service gives it out. */
export interface Policy {
  model: string
  /** Milliseconds since the epoch. */
  expiresAt: number
  fields: Record<string, string>
  uploadDir: string
}

/** An uploaded object with the hash of its bytes, which are not kept. */
export interface StoredObject {
  key: string
  fileName: string
  contentType: string | null
  bytes: number
  sha256: string
  model: string
}

const denied = (what: string): Reply =>
  xmlError(403, 'AccessDenied', `Invalid according to Policy: ${what}.`)

/** Judges the form upload of OSS: every field against its policy, `file` last. Gives the object or a refusal. */
export const judgeUpload = async (
  request: IncomingMessage,
  policies: readonly Policy[],
  objects: ReadonlyMap<string, StoredObject>,
  now: number,
): Promise<StoredObject | Reply> => {
  const { headers } = request
  const form = await formOf(request)
  if (headers.authorization !== undefined)
    return xmlError(400, 'InvalidArgument', 'Only one auth mechanism allowed.')
  if (headers['content-length'] === undefined)
    return xmlError(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.')
  if (form === null)
    return xmlError(400, 'MalformedPOSTRequest', 'The body is not multipart/form-data.')
  const fields = new Map(form)
  const [lastName, file] = form.at(-1) ?? []
  if (!fields.has('file'))
    return xmlError(400, 'InvalidArgument', 'POST requires exactly one file upload.')
  if (lastName !== 'file' || form.filter(([name]) => name === 'file').length > 1)
    return xmlError(400, 'InvalidArgument', 'The file must be the last field.')
  const policy = policies.find((known) => known.fields['policy'] === fields.get('policy'))
  if (!policy) return denied('policy')
  if (now > policy.expiresAt) return denied('Policy expired')
  for (const [name, value] of Object.entries(policy.fields)) {
    if (fields.get(name) === value) continue
    if (name === 'Signature') return xmlError(403, 'SignatureDoesNotMatch', 'Signature differs.')
    return denied(name)
  }
  if (fields.get('success_action_status') !== '200') return denied('success_action_status')
  const known = [
    ...Object.keys(policy.fields),
    ...['key', 'success_action_status', 'x-oss-content-type', 'file'],
  ]
  const stranger = [...fields.keys()].find((name) => !known.includes(name))
  if (stranger) return xmlError(400, 'InvalidArgument', `Unknown field ${stranger}.`)
  const key = String(fields.get('key') ?? '')
  if (!key.startsWith(`${policy.uploadDir}/`) || !/^[\x21-\x7e]+$/.test(key)) return denied('key')
  if (!(file instanceof File)) return xmlError(400, 'InvalidArgument', 'The file has no filename.')
  if (objects.has(key)) return xmlError(409, 'FileAlreadyExists', 'The object exists.')
  return {
    key,
    fileName: file.name,
    contentType: file.type || null,
    bytes: file.size,
    sha256: createHash('sha256')
      .update(Buffer.from(await file.arrayBuffer()))
      .digest('hex'),
    model: policy.model,
  }
}
