import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { rangeAnswer, readRange } from '../files/byte-ranges'
import { contentType } from './content-types'

/**
 * Answers a request with a file or a part of it, streamed from disk; 404 when there is no such file.
 *
 * Ranges are answered here because `net.fetch` of file: URLs answers 200 and seeking snaps back to 0 (electron#38749).
 */
export const answerFile = async (
  request: Request,
  file: string,
  headers: Record<string, string> = {},
): Promise<Response> => {
  const size = await sizeOf(file)
  if (size === null) return new Response(null, { status: 404 })
  const range = readRange(request.headers.get('range'), size)
  const answer = rangeAnswer(range, size)
  const options = {
    status: answer.status,
    headers: { 'Content-Type': contentType(file), ...headers, ...answer.headers },
  }
  if (answer.length === 0 || request.method === 'HEAD') return new Response(null, options)
  const stream = createReadStream(file, {
    ...(range.kind === 'part' ? { start: range.start, end: range.end } : {}),
    signal: request.signal,
  })
  // Whoever reads the body learns of it; without a listener an abort would end the process.
  stream.on('error', () => stream.destroy())
  return new Response(Readable.toWeb(stream) as NodeStream as unknown as ReadableStream, options)
}

const sizeOf = async (file: string): Promise<number | null> => {
  try {
    const stats = await stat(file)
    return stats.isFile() ? stats.size : null
  } catch {
    return null // missing, unmounted or not ours to read: to the page it is not there
  }
}
