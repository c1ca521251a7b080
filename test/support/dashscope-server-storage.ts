import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { FormError, readForm } from '../../main/sandbox/form-upload'

/** An upload policy (docs/providers/dashscope.md, "Upload a file"). */
export interface Policy {
  model: string
  expiresAt: number
  fields: Record<string, string>
  uploadDir: string
}

/** A stored object, by its hash; the bytes are not kept. */
export interface StoredObject {
  key: string
  fileName: string | null
  contentType: string | null
  bytes: number
  sha256: string
  model: string
}

export interface StorageAnswer {
  status: number
  xml: string
  object: StoredObject | null
}

const xmlError = (status: number, code: string, message: string): StorageAnswer => ({
  status,
  xml: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n  <Code>${code}</Code>\n  <Message>${message}</Message>\n  <RequestId>${randomBytes(8).toString('hex').toUpperCase()}</RequestId>\n  <HostId>oss.test</HostId>\n</Error>\n`,
  object: null,
})

export const expiredLink = xmlError(403, 'AccessDenied', 'Request has expired.').xml

/** The size and SHA-256 of a file as it arrives. */
export const hashOf = async (stream: Readable): Promise<{ bytes: number; sha256: string }> => {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of stream) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** Receives a form upload of OSS: checks every field against the policy, and that `file` is last. */
export const receiveUpload = async (
  request: IncomingMessage,
  policies: readonly Policy[],
  objects: ReadonlyMap<string, StoredObject>,
  now: number,
): Promise<StorageAnswer> => {
  if (request.headers.authorization !== undefined) {
    request.resume()
    return xmlError(400, 'InvalidArgument', 'Only one auth mechanism allowed.')
  }
  if (request.headers['content-length'] === undefined) {
    request.resume()
    return xmlError(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.')
  }
  try {
    const { fields, stored, isFileLast } = await readForm(
      request,
      1024 * 1024 * 1024,
      async ({ fileName, contentType, stream }) => ({
        fileName,
        contentType,
        ...(await hashOf(stream)),
      }),
    )
    if (!stored) return xmlError(400, 'InvalidArgument', 'POST requires exactly one file upload.')
    if (!isFileLast) return xmlError(400, 'InvalidArgument', 'The file must be the last field.')
    const object = { ...stored, key: fields.get('key') ?? '', model: '' }
    return judge(object, fields, policies, objects, now)
  } catch (error) {
    if (!(error instanceof FormError)) throw error
    request.resume()
    return xmlError(400, 'MalformedPOSTRequest', error.message)
  }
}

const judge = (
  object: StoredObject,
  fields: ReadonlyMap<string, string>,
  policies: readonly Policy[],
  objects: ReadonlyMap<string, StoredObject>,
  now: number,
): StorageAnswer => {
  const policy = policies.find((known) => known.fields['policy'] === fields.get('policy'))
  if (!policy) return xmlError(403, 'AccessDenied', 'Invalid according to Policy.')
  if (now > policy.expiresAt) {
    return xmlError(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.')
  }
  for (const [name, value] of Object.entries(policy.fields)) {
    if (fields.get(name) === value) continue
    if (name === 'Signature') return xmlError(403, 'SignatureDoesNotMatch', 'Signature differs.')
    return xmlError(403, 'AccessDenied', `Invalid according to Policy: ${name}.`)
  }
  if (fields.get('success_action_status') !== '200') {
    return xmlError(403, 'AccessDenied', 'Invalid according to Policy: success_action_status.')
  }
  const known = [
    ...Object.keys(policy.fields),
    'key',
    'success_action_status',
    'x-oss-content-type',
  ]
  const stranger = [...fields.keys()].find((name) => !known.includes(name))
  if (stranger) return xmlError(400, 'InvalidArgument', `Unknown field ${stranger}.`)
  if (!object.key.startsWith(`${policy.uploadDir}/`) || !/^[\x21-\x7e]+$/.test(object.key)) {
    return xmlError(403, 'AccessDenied', 'Invalid according to Policy: key.')
  }
  if (object.fileName === null) return xmlError(400, 'InvalidArgument', 'The file has no filename.')
  if (objects.has(object.key)) return xmlError(409, 'FileAlreadyExists', 'The object exists.')
  return { status: 200, xml: '', object: { ...object, model: policy.model } }
}
