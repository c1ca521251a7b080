import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'

/** The bytes that a Range header asks for: null asks for all, 'none' for none that exist. */
export function rangeOf(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'none' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return null
  const last = size - 1
  if (match[1] === '') {
    const count = Math.min(Number(match[2]), size)
    return count === 0 ? 'none' : { start: size - count, end: last }
  }
  const start = Number(match[1])
  const end = match[2] === '' ? last : Math.min(Number(match[2]), last)
  return start > last || end < start ? 'none' : { start, end }
}

/** Answers with a file or a part of it. Rejects when the file is not there or the other side leaves. */
export async function sendFile(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { size, mtimeMs } = await stat(path)
  const headers = {
    'content-type': 'video/mp4',
    'accept-ranges': 'bytes',
    etag: `"${size}-${Math.floor(mtimeMs)}"`,
  }
  const range = rangeOf(request.headers.range, size)
  if (range === 'none') {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${size}` })
    response.end()
    return
  }
  const { start, end } = range ?? { start: 0, end: size - 1 }
  response.writeHead(range ? 206 : 200, {
    ...headers,
    'content-length': end - start + 1,
    ...(range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
  })
  await pipeline(createReadStream(path, { start, end }), response)
}
