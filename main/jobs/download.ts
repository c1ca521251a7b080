import { type FileHandle, open, rm } from 'node:fs/promises'
import { codeOf } from '../files/errno'
import { rangeAnswer } from './range-answer'

export interface DownloadRequest {
  url: string
  headers: Record<string, string>
  /** File that is written; what it holds already is continued where the server agrees that it still fits. */
  path: string
  /** What the server said when the download began; null for a new one. Bytes. */
  start: { etag: string | null; total: number | null } | null
  /** Called once the server has said what it sends, before anything is written; may reject. */
  onStart: (start: { etag: string | null; total: number | null }) => Promise<void>
  /** Fraction 0..1; null when the length is unknown. */
  onProgress: (fraction: number | null) => void
  signal: AbortSignal
}

/** Fetches a file to the disk, complete and synced, or rejects with `DownloadError`, an error of the disk, or AbortError. */
export type Download = (request: DownloadRequest) => Promise<{ bytes: number }>

export interface DownloadOptions {
  fetch: typeof fetch
  /** Milliseconds without a byte after which the connection is given up. */
  idle: number
  /** Bytes of the longest result that is believed. */
  maxBytes: number
}

/** Why a download stopped. Everything received so far stays on the disk; where that is nothing, no file does. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError'
  constructor(
    /** 'refused': the link is no longer good; 'broken': it may go on; 'offline': there is no network; 'too-large': never. */
    readonly reason: 'refused' | 'broken' | 'offline' | 'too-large',
    message: string,
    /** Whether this attempt brought anything. */
    readonly gained: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

const defaults = { idle: 30_000, maxBytes: 4 * 1024 ** 3 }

export const createDownload = (options: Partial<DownloadOptions> = {}): Download => {
  const limits: DownloadOptions = { fetch: globalThis.fetch, ...defaults, ...options }
  return async (request) => {
    request.signal.throwIfAborted()
    const file = await open(request.path, 'a+')
    let isEmpty = false
    try {
      const bytes = await receive(file, request, limits)
      await file.sync()
      return { bytes }
    } catch (error) {
      isEmpty = (await file.stat()).size === 0
      throw error
    } finally {
      await file.close()
      // Nothing came that another try could go on from.
      if (isEmpty) await rm(request.path, { force: true })
    }
  }
}

const receive = async (
  file: FileHandle,
  request: DownloadRequest,
  limits: DownloadOptions,
): Promise<number> => {
  const patience = new Patience(limits.idle)
  const have = (await file.stat()).size
  const arrived = { at: have }
  try {
    const response = await ask(request, have, patience, limits)
    const answer = rangeAnswer({ response, have, start: request.start })
    if (answer.kind === 'complete') return have
    if (answer.kind === 'again') {
      await response.body?.cancel()
      await file.truncate(0)
      throw new DownloadError('broken', answer.why, false)
    }
    if (answer.kind === 'refused' || answer.kind === 'broken') {
      await response.body?.cancel()
      throw new DownloadError(answer.kind, answer.why, false)
    }
    if ((answer.total ?? 0) > limits.maxBytes) throw tooLarge(answer.total ?? 0)
    if (answer.from === 0 && have > 0) await file.truncate(0)
    arrived.at = answer.from
    await request.onStart({ etag: answer.etag, total: answer.total })
    await write(file, arrived, response, answer.total, request, patience, limits)
    const { at } = arrived
    if (answer.total !== null && at !== answer.total)
      throw new DownloadError('broken', `${at} of ${answer.total} bytes arrived`, at > have)
    return at
  } catch (error) {
    request.signal.throwIfAborted()
    throw networkError(error, patience.ranOut, arrived.at > have)
  } finally {
    patience.close()
  }
}

const ask = async (
  request: DownloadRequest,
  have: number,
  patience: Patience,
  limits: DownloadOptions,
): Promise<Response> => {
  const etag = request.start?.etag ?? null
  // Without a strong validator nobody can promise that the rest belongs to what is here (RFC 9110, 13.1.5).
  const range = have > 0 && etag !== null ? { range: `bytes=${have}-`, 'if-range': etag } : {}
  return await limits.fetch(request.url, {
    headers: { 'accept-encoding': 'identity', ...request.headers, ...range },
    signal: AbortSignal.any([request.signal, patience.signal]),
  })
}

const write = async (
  file: FileHandle,
  arrived: { at: number },
  response: Response,
  total: number | null,
  request: DownloadRequest,
  patience: Patience,
  limits: DownloadOptions,
): Promise<void> => {
  for await (const chunk of response.body ?? []) {
    patience.restart()
    const at = arrived.at + chunk.byteLength
    if (at > Math.min(total ?? limits.maxBytes, limits.maxBytes)) throw tooLarge(at)
    await file.appendFile(chunk)
    arrived.at = at
    request.onProgress(total ? at / total : null)
  }
}

const tooLarge = (bytes: number): DownloadError =>
  new DownloadError('too-large', `${bytes} bytes are more than were promised`, false)

/** Gives up when nothing happens for a while. */
class Patience {
  readonly #controller = new AbortController()
  readonly #idle: number
  #timer: NodeJS.Timeout
  constructor(idle: number) {
    this.#idle = idle
    this.#timer = this.#begin()
  }
  get signal(): AbortSignal {
    return this.#controller.signal
  }
  get ranOut(): boolean {
    return this.#controller.signal.aborted
  }
  restart(): void {
    clearTimeout(this.#timer)
    this.#timer = this.#begin()
  }
  /** Also ends a connection that still brings what nobody wants any more. */
  close(): void {
    clearTimeout(this.#timer)
    this.#controller.abort()
  }
  #begin(): NodeJS.Timeout {
    return setTimeout(() => this.#controller.abort(), this.#idle)
  }
}

const offlineCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH'])

const networkError = (error: unknown, ranOut: boolean, gained: boolean): unknown => {
  if (error instanceof DownloadError) return error
  if (ranOut) return new DownloadError('broken', 'nothing arrived for too long', gained)
  const code = networkCode(error)
  if (code !== null && offlineCodes.has(code))
    return new DownloadError('offline', code, gained, { cause: error })
  // fetch says TypeError for everything that the network does; the rest is the disk or a mistake of ours.
  if (error instanceof TypeError || (error instanceof Error && error.name === 'SocketError'))
    return new DownloadError('broken', code ?? error.message, gained, { cause: error })
  return error
}

/** The code of an error or of what caused it. */
const networkCode = (error: unknown): string | null =>
  codeOf(error) ?? (error instanceof Error ? networkCode(error.cause) : null)
