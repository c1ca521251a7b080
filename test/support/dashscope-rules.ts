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

const parameterRules = {
  resolution: oneOf('720P', '1080P'),
  ratio,
  duration: whole(2, 10, 0),
  audio_setting: oneOf('auto', 'origin'),
  prompt_extend: boolean,
  watermark: boolean,
  seed: whole(0, 2_147_483_647),
}

const anything: MemberRule = () => null

const judgeUrl = (
  { type, url }: Record<string, unknown>,
  headers: IncomingHttpHeaders,
  knowsObject: (url: string) => boolean,
): Refusal | null => {
  const address = String(url)
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
    return isImage && type === 'reference_image' ? null : unknown
  }
  const plain = /^https?:\/\/[!-~]+$/.test(address)
  return plain ? null : { status: 400, code: 'InvalidURL', message: 'The url is invalid.' }
}

/** Why DashScope refuses this create; null when it accepts it. `knowsObject`: whether an `oss://` object was uploaded. */
export const judgeCreate = (request: {
  headers: IncomingHttpHeaders
  body: unknown
  model: string
  knowsObject: (url: string) => boolean
}): Refusal | null => {
  const { headers, body, model, knowsObject } = request
  if (headers['x-dashscope-async'] !== 'enable') {
    const message = 'current user api does not support synchronous calls.'
    return { status: 403, code: 'AccessDenied', message }
  }
  if (!/^application\/json\b/.test(String(headers['content-type'])))
    return invalid('Content-Type must be application/json')
  const bodyRules = { model: anything, input: anything, parameters: anything }
  const wrongBody = judgeMembers(body, bodyRules, ['input'])
  if (wrongBody || !isRecord(body)) return invalid(`${wrongBody}`)
  if (body['model'] !== model)
    return { status: 404, code: 'ModelNotFound', message: `Model not exist: ${body['model']}` }
  const { input, parameters = {} } = body
  const inputRules = { prompt: text, negative_prompt: text, media: anything }
  const wrongInput = judgeMembers(input, inputRules, ['media'], 'input')
  const media = isRecord(input) ? input['media'] : null
  if (wrongInput || !Array.isArray(media)) return invalid(wrongInput ?? 'input.media is no list')
  for (const item of media) {
    const rules = { type: oneOf('video', 'reference_image'), url: text }
    const wrong = judgeMembers(item, rules, ['type', 'url'], 'input.media[]')
    const refusal = wrong ? invalid(wrong) : judgeUrl(item, headers, knowsObject)
    if (refusal) return refusal
  }
  const count = (type: string) => media.filter((item) => item.type === type).length
  if (count('video') !== 1) return invalid('input.media needs exactly one video')
  if (count('reference_image') > 4) return invalid('input.media takes at most 4 reference_image')
  const wrongParameter = judgeMembers(parameters, parameterRules, [], 'parameters')
  return wrongParameter ? invalid(wrongParameter) : null
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
