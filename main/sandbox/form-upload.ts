import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { Busboy } from '@fastify/busboy'

/** The body is not a form upload (RFC 7578), or it exceeds a limit. */
export class FormError extends Error {
  override readonly name = 'FormError'
}

/** The file of a form. `stream.truncated` is true once the file has exceeded its limit. */
export interface FormFile {
  fileName: string | null
  contentType: string
  stream: Readable & { truncated: boolean }
}

const limits = { fields: 50, fieldSize: 64 * 1024, files: 1, headerSize: 16 * 1024 }

const openForm = (request: IncomingMessage, fileBytes: number) => {
  const type = request.headers['content-type'] ?? ''
  if (!/^multipart\/form-data\b/i.test(type)) throw new FormError('not multipart/form-data')
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': type },
      limits: { ...limits, fileSize: fileBytes },
      isPartAFile: (name) => name === 'file',
    })
  } catch (cause) {
    throw new FormError('the content type names no boundary', { cause })
  }
}

/**
 * Reads a multipart/form-data request in constant memory: small fields and one file, the part named `file`.
 *
 * Calls `store` when the file begins, with the fields before it, and gives as `stored` what that gave; null when the
 * form has no file. Cuts the file off after `fileBytes` bytes.
 * Rejects with `FormError`, or with the error of `store`.
 */
export const readForm = async <T>(
  request: IncomingMessage,
  fileBytes: number,
  store: (file: FormFile, fields: ReadonlyMap<string, string>) => Promise<T>,
) => {
  const form = openForm(request, fileBytes)
  const fields = new Map<string, string>()
  let file: FormFile['stream'] | null = null
  let storing: Promise<T | null> = Promise.resolve(null)
  let isFileLast = true
  const { promise: read, resolve, reject } = Promise.withResolvers<void>()
  const refuse = (reason: string) => reject(new FormError(reason))

  form.on('field', (name, value, _isNameCut, isCut) => {
    if (isCut) refuse(`the field ${name} is too long`)
    if (file) isFileLast = false
    fields.set(name, value)
  })
  form.on('file', (_name, stream, fileName: string | undefined, _encoding, contentType) => {
    file = stream
    storing = store({ fileName: fileName ?? null, contentType, stream }, fields)
    // The form ends only when its file has been read, also a file that `store` refused.
    const discard = () => stream.resume()
    storing.then(discard, discard)
  })
  form.on('fieldsLimit', () => refuse('too many fields'))
  form.on('filesLimit', () => refuse('more than one file'))
  form.on('error', (error) => refuse(error instanceof Error ? error.message : String(error)))
  form.on('finish', resolve)
  request.on('error', reject)

  // Not `pipeline`: it would close the connection on which a refusal is answered.
  request.pipe(form)
  try {
    await read
  } catch (error) {
    request.unpipe(form)
    destroy(file, error)
    await storing.catch(() => undefined)
    throw error
  }
  return { fields, stored: await storing, isFileLast }
}

/** Destroys a stream that may have no reader, and so no listener for the error. */
const destroy = (stream: Readable | null, error: unknown): void => {
  stream?.on('error', () => undefined)
  stream?.destroy(error instanceof Error ? error : new Error(String(error)))
}
