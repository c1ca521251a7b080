import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type FileHandle, open } from 'node:fs/promises'
import {
  type Agent,
  type ClientRequest,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http'
import { request as requestHttps } from 'node:https'
import { UploadFileError } from './upload-attempts'

export interface MultipartUpload {
  url: string
  /** Sent in this order, before the file. */
  fields: readonly (readonly [name: string, value: string])[]
  file: { path: string; name: string; contentType: string; bytes: number }
  /** Added to the headers of every upload. */
  headers?: Record<string, string>
  signal: AbortSignal
  agent: Agent
  /** Called with the bytes of the file that were sent so far. */
  onBytes?: (bytes: number) => void
  /** Milliseconds without traffic after which the connection is closed; twice as long for the body of the answer. */
  idle?: number
}

export interface MultipartAnswer {
  status: number
  /** At most 64 KiB of the body. */
  text: string
  headers: IncomingMessage['headers']
}

const pieceBytes = 512 * 1024
/** Pieces in flight at once: enough to keep disk and network busy, few enough for constant memory. */
const piecesInFlight = 4
const answerBytes = 64 * 1024

const quoted = (value: string): string =>
  value.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

/** The bytes before and after those of the file. */
const multipartFrame = (
  upload: Pick<MultipartUpload, 'fields' | 'file'>,
  boundary: string,
): { head: Buffer; tail: Buffer } => {
  const field = ([name, value]: readonly [string, string]) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`
  const { name, contentType } = upload.file
  const head =
    upload.fields.map(field).join('') +
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${quoted(name)}"\r\n` +
    `Content-Type: ${contentType}\r\n\r\n`
  return { head: Buffer.from(head), tail: Buffer.from(`\r\n--${boundary}--\r\n`) }
}

/** Opens a file that must have this size. Rejects with `UploadFileError`. */
const openOfSize = async (path: string, bytes: number): Promise<FileHandle> => {
  let handle: FileHandle
  try {
    handle = await open(path)
  } catch (error) {
    throw new UploadFileError('unreadable', { cause: error })
  }
  const { size } = await handle.stat()
  if (size === bytes) return handle
  await handle.close()
  throw new UploadFileError('changed')
}

const read = async (handle: FileHandle, buffer: Buffer, position: number): Promise<number> => {
  try {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position)
    return bytesRead
  } catch (error) {
    throw new UploadFileError('unreadable', { cause: error })
  }
}

/** Writes the file's bytes through a few buffers, which are reused once the socket has written them. */
const writeFile = async (
  handle: FileHandle,
  request: ClientRequest,
  bytes: number,
  stopped: () => boolean,
  onBytes: (written: number) => void,
): Promise<void> => {
  const free: Buffer[] = Array.from({ length: piecesInFlight }, () =>
    Buffer.allocUnsafe(pieceBytes),
  )
  let waiting: (() => void) | null = null
  const give = (buffer: Buffer) => {
    free.push(buffer)
    waiting?.()
    waiting = null
  }
  request.once('close', () => waiting?.())
  let position = 0
  let written = 0
  while (position < bytes && !stopped()) {
    const buffer = free.pop()
    if (!buffer) {
      await new Promise<void>((resolve) => {
        waiting = resolve
      })
      continue
    }
    const count = await read(handle, buffer, position)
    if (count === 0 || position + count > bytes) throw new UploadFileError('changed')
    position += count
    request.write(buffer.subarray(0, count), (error) => {
      if (!error) {
        written += count
        onBytes(written)
      }
      give(buffer)
    })
  }
}

/** The error of a request that gets no further. */
const silence = () => Object.assign(new Error('the storage does not answer'), { code: 'ETIMEDOUT' })

const readAnswer = async (response: IncomingMessage, limit: number): Promise<MultipartAnswer> => {
  // Each byte of a trickle would count as traffic.
  const late = setTimeout(() => response.destroy(silence()), limit)
  response.once('close', () => clearTimeout(late))
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response) {
    bytes += chunk.length
    if (bytes > answerBytes) break
    chunks.push(chunk)
  }
  return {
    status: response.statusCode ?? 0,
    text: Buffer.concat(chunks).toString('utf8'),
    headers: response.headers,
  }
}

const send = async (upload: MultipartUpload, handle: FileHandle): Promise<MultipartAnswer> => {
  const boundary = `----reshoot${randomBytes(16).toString('hex')}`
  const { head, tail } = multipartFrame(upload, boundary)
  const url = new URL(upload.url)
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method: 'POST',
    agent: upload.agent,
    signal: upload.signal,
    headers: {
      ...upload.headers,
      Accept: 'application/json',
      // With 'close' a server may end the connection while we are still sending, and its early answer would be lost.
      Connection: 'keep-alive',
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
      'Content-Length': head.length + upload.file.bytes + tail.length,
    },
  })
  const { idle = 60_000 } = upload
  request.setTimeout(idle, () => {
    request.destroy(silence())
  })
  let answered = false
  const answer = once(request, 'response').then(([response]: IncomingMessage[]) => {
    answered = true
    if (!response) throw new Error('no response')
    return readAnswer(response, 2 * idle)
  })
  // Awaited below; until then a rejection must not count as unhandled.
  answer.catch(() => undefined)
  try {
    request.write(head)
    const stopped = () => answered || request.destroyed
    await writeFile(handle, request, upload.file.bytes, stopped, (sum) => upload.onBytes?.(sum))
    if (!stopped()) request.end(tail)
    return await answer
  } catch (error) {
    if (upload.signal.aborted) throw upload.signal.reason
    throw error
  } finally {
    request.destroy()
  }
}

/**
 * Sends fields and one file as multipart/form-data, streamed from disk with its exact length.
 *
 * Resolves with any HTTP answer, also one that arrives before everything was sent. Rejects with `UploadFileError`
 * when the file has another size or changes, with the network's error, or with the signal's reason.
 */
export const sendMultipart = async (upload: MultipartUpload): Promise<MultipartAnswer> => {
  upload.signal.throwIfAborted()
  const { file } = upload
  await using handle = await openOfSize(file.path, file.bytes)
  const before = await handle.stat()
  const answer = await send(upload, handle)
  const after = await handle.stat()
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs)
    throw new UploadFileError('changed')
  return answer
}
