import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { UploadFileError } from '../providers/http/upload-attempts'

/** Part of a file, in bytes. */
export interface Range {
  start: number
  bytes: number
}

/** Cuts a file into equal parts with a shorter last one; gives one part for an empty file. */
export const rangesOf = (bytes: number, partBytes: number): Range[] => {
  const count = Math.max(1, Math.ceil(bytes / partBytes))
  return Array.from({ length: count }, (_, index) => {
    const start = index * partBytes
    return { start, bytes: Math.min(partBytes, bytes - start) }
  })
}

/** Size and modification time of a file. Rejects with `UploadFileError`. */
export const stampOf = async (file: string): Promise<{ bytes: number; modifiedAt: number }> => {
  try {
    const { size, mtimeMs } = await stat(file)
    return { bytes: size, modifiedAt: mtimeMs }
  } catch (error) {
    throw new UploadFileError('unreadable', { cause: error })
  }
}

const streamOf = (file: string, { start, bytes }: Range): Readable =>
  bytes === 0
    ? Readable.from([])
    : createReadStream(file, { start, end: start + bytes - 1, highWaterMark: 256 * 1024 })

/** The MD5 digest of part of a file, base64. Rejects with `UploadFileError`. */
export const md5Of = async (file: string, range: Range, signal: AbortSignal): Promise<string> => {
  const hash = createHash('md5')
  let bytes = 0
  try {
    for await (const chunk of streamOf(file, range)) {
      signal.throwIfAborted()
      hash.update(chunk)
      bytes += chunk.length
    }
  } catch (error) {
    signal.throwIfAborted()
    throw new UploadFileError('unreadable', { cause: error })
  }
  if (bytes !== range.bytes) throw new UploadFileError('changed')
  return hash.digest('base64')
}

/** Part of a file as a stream; `onBytes` gets the bytes that were read so far. */
export const bodyOf = (file: string, range: Range, onBytes: (sum: number) => void): Readable => {
  let sum = 0
  const counter = new Transform({
    highWaterMark: 64 * 1024,
    transform(chunk: Buffer, _encoding, done) {
      sum += chunk.length
      onBytes(sum)
      done(null, chunk)
    },
  })
  const source = streamOf(file, range)
  source.on('error', (error) =>
    counter.destroy(new UploadFileError('unreadable', { cause: error })),
  )
  counter.on('close', () => source.destroy())
  return source.pipe(counter)
}
