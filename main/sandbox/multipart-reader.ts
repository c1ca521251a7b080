/** One part of a multipart body; `chunks` must be read before the next part is asked for. */
export interface Part {
  name: string
  fileName: string | null
  contentType: string | null
  chunks: AsyncIterable<Buffer>
}

/** The body is not multipart/form-data as RFC 7578 has it. */
export class MultipartError extends Error {
  override readonly name = 'MultipartError'
}

const headerLimit = 16 * 1024

/** The boundary named by a Content-Type header; null when it is no multipart/form-data. */
export function boundaryOf(contentType: string | undefined): string | null {
  const match = /^multipart\/form-data\s*;.*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(
    contentType ?? '',
  )
  return match?.[1] ?? match?.[2] ?? null
}

/** Bytes that are read ahead of the parser, never more than one chunk and a boundary. */
class ReadAhead {
  buffer: Buffer = Buffer.alloc(0)
  private readonly source: AsyncIterator<Uint8Array>

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]()
  }

  async more(): Promise<void> {
    const next = await this.source.next()
    if (next.done) throw new MultipartError('the body ends before the closing boundary')
    const chunk = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength)
    this.buffer = this.buffer.length === 0 ? chunk : Buffer.concat([this.buffer, chunk])
  }

  take(bytes: number): Buffer {
    const taken = this.buffer.subarray(0, bytes)
    this.buffer = this.buffer.subarray(bytes)
    return taken
  }

  async takeUntil(mark: Buffer, limit: number): Promise<Buffer> {
    for (;;) {
      const at = this.buffer.indexOf(mark)
      if (at >= 0) {
        const taken = this.take(at)
        this.take(mark.length)
        return taken
      }
      if (this.buffer.length > limit) throw new MultipartError('a part has too long a header')
      await this.more()
    }
  }

  async *chunksUntil(mark: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.buffer.indexOf(mark)
      if (at >= 0) {
        if (at > 0) yield this.take(at)
        this.take(mark.length)
        return
      }
      const sure = this.buffer.length - (mark.length - 1)
      if (sure > 0) yield this.take(sure)
      await this.more()
    }
  }
}

const parameter = (header: string, name: string): string | null =>
  new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(header)?.[1] ?? null

function headersOf(block: string): Map<string, string> {
  const headers = new Map<string, string>()
  for (const line of block.split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
  }
  return headers
}

/**
 * The parts of a multipart/form-data body in their order, in constant memory.
 *
 * Rejects with `MultipartError` where the body breaks the format or ends too soon.
 */
export async function* readMultipart(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<Part> {
  const ahead = new ReadAhead(body)
  const opening = Buffer.from(`--${boundary}`)
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  await ahead.takeUntil(opening, headerLimit)
  for (;;) {
    while (ahead.buffer.length < 2) await ahead.more()
    const after = ahead.take(2).toString('latin1')
    if (after === '--') return
    if (after !== '\r\n') throw new MultipartError('a boundary is followed by something else')
    while (ahead.buffer.length < 2) await ahead.more()
    const block = await ahead.takeUntil(Buffer.from('\r\n\r\n'), headerLimit)
    const headers = headersOf(block.toString('utf8'))
    const disposition = headers.get('content-disposition') ?? ''
    const name = parameter(disposition, 'name')
    if (!/^form-data\b/i.test(disposition) || name === null) {
      throw new MultipartError('a part has no form-data name')
    }
    const chunks = ahead.chunksUntil(delimiter)
    yield {
      name,
      fileName: parameter(disposition, 'filename'),
      contentType: headers.get('content-type') ?? null,
      chunks,
    }
    for await (const _ of chunks);
  }
}

/** A small field's whole value. Rejects with `MultipartError` above `limit` bytes. */
export async function readField(part: Part, limit: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of part.chunks) {
    bytes += chunk.length
    if (bytes > limit) throw new MultipartError(`the field ${part.name} is too long`)
    chunks.push(Buffer.from(chunk))
  }
  return Buffer.concat(chunks).toString('utf8')
}
