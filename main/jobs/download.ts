import { type FileHandle, open, rm } from 'node:fs/promises'
import type { Text } from '../../preload/contract'
import { codeOf } from '../files/errno'
import type { FetchAnswer } from '../network/fetch'
import { isPage, isPageType, PortalError } from '../network/portal'
import { type FetchResult, ForbiddenAddressError } from '../network/result-fetch'
import { betweenFailure, errorWithin, isOfflineCode } from '../providers/http/network-failures'

/** What the server's first answer says about the file. */
export interface DownloadStart {
  etag: string | null
  /** Bytes. */
  total: number | null
  /** MD5 of the whole file, in hex. */
  md5: string | null
}

export interface DownloadRequest {
  url: string
  /** Host of the person's own service, which may be of any network; null for a public service. */
  ownHost?: string | null
  /** The file to write. A partial file is continued if the server confirms that it still fits. */
  path: string
  /** Longest accepted result, in bytes. */
  maxBytes?: number
  /** From the first answer of this download; null for a new one. */
  start: DownloadStart | null
  /** Called with the server's answer before anything is written; may reject. */
  onStart: (start: DownloadStart) => Promise<void>
  /** Fraction 0..1; null when the length is unknown. */
  onProgress: (fraction: number | null) => void
  signal: AbortSignal
}

/** Downloads a complete file and syncs it. Rejects with `DownloadError`, a file system error, or AbortError. */
export type Download = (request: DownloadRequest) => Promise<{ bytes: number }>

export interface DownloadOptions {
  fetch: FetchResult
  /** Milliseconds after which the connection is closed if fewer than `leastBytes` have arrived. */
  idle: number
  /** A trickle would take one of the few places for downloads for years. */
  leastBytes: number
  /** Longest accepted file, in bytes, where the request says no less. */
  maxBytes: number
}

/** Why a download stopped. The received part stays on the disk; an empty file and a too large one are removed. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError'
  constructor(
    /** 'refused': the link is no longer valid; 'broken': another attempt may continue; 'offline': no network; 'too-large': give up. */
    readonly reason: 'refused' | 'broken' | 'offline' | 'too-large',
    message: string,
    /** Whether this attempt received new bytes. */
    readonly gained: boolean,
    options?: ErrorOptions,
    /** What stands between us and the result, such as a proxy; null where nothing special is known. */
    readonly between: Text | null = null,
  ) {
    super(message, options)
  }
}

const defaults = { idle: 30_000, leastBytes: 30_000, maxBytes: 500_000_000 }

export const createDownload = (options: Partial<DownloadOptions> = {}): Download => {
  const limits: DownloadOptions = { fetch: globalThis.fetch, ...defaults, ...options }
  return async (request) => {
    request.signal.throwIfAborted()
    const file = await open(request.path, 'a+')
    let isUseless = false
    const maxBytes = Math.min(limits.maxBytes, request.maxBytes ?? limits.maxBytes)
    try {
      const bytes = await receive(file, request, { ...limits, maxBytes })
      await file.sync()
      return { bytes }
    } catch (error) {
      const isTooLarge = error instanceof DownloadError && error.reason === 'too-large'
      isUseless = isTooLarge || (await file.stat()).size === 0
      throw error
    } finally {
      await file.close()
      if (isUseless) await rm(request.path, { force: true })
    }
  }
}

const receive = async (
  file: FileHandle,
  request: DownloadRequest,
  limits: DownloadOptions,
): Promise<number> => {
  const idle = new IdleTimer(limits)
  const have = (await file.stat()).size
  const arrived = { at: have }
  try {
    const response = await ask(request, have, idle, limits)
    if (response.ok && isPageType(response.headers.get('content-type'))) {
      await response.body?.cancel()
      throw new PortalError()
    }
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
    const { etag, total, md5 } = answer
    await request.onStart({ etag, total, md5 })
    await write(file, arrived, response, answer.total, request, idle, limits)
    const { at } = arrived
    if (answer.total !== null && at !== answer.total)
      throw new DownloadError('broken', `${at} of ${answer.total} bytes arrived`, at > have)
    return at
  } catch (error) {
    request.signal.throwIfAborted()
    throw networkError(error, idle.ranOut, arrived.at > have, new URL(request.url).host)
  } finally {
    idle.close()
  }
}

const ask = async (
  request: DownloadRequest,
  have: number,
  idle: IdleTimer,
  limits: DownloadOptions,
): Promise<FetchAnswer> => {
  const etag = request.start?.etag ?? null
  // Only a strong ETag guarantees that the rest belongs to the part on the disk (RFC 9110, 13.1.5).
  const range = have > 0 && etag !== null ? { range: `bytes=${have}-`, 'if-range': etag } : {}
  return await limits.fetch(request.url, {
    ownHost: request.ownHost ?? null,
    headers: { 'accept-encoding': 'identity', ...range },
    signal: AbortSignal.any([request.signal, idle.signal]),
  })
}

const write = async (
  file: FileHandle,
  arrived: { at: number },
  response: FetchAnswer,
  total: number | null,
  request: DownloadRequest,
  idle: IdleTimer,
  limits: DownloadOptions,
): Promise<void> => {
  for await (const chunk of response.body ?? []) {
    idle.arrived(chunk.byteLength)
    if (arrived.at === 0 && isPage(Buffer.from(chunk).toString('latin1'))) throw new PortalError()
    const at = arrived.at + chunk.byteLength
    if (at > Math.min(total ?? limits.maxBytes, limits.maxBytes)) throw tooLarge(at)
    await file.appendFile(chunk)
    arrived.at = at
    request.onProgress(total ? at / total : null)
  }
}

const tooLarge = (bytes: number): DownloadError =>
  new DownloadError('too-large', `${bytes} bytes are more than were promised`, false)

/** Aborts its signal when too few bytes arrive for a while. */
class IdleTimer {
  readonly #controller = new AbortController()
  readonly #limits: Pick<DownloadOptions, 'idle' | 'leastBytes'>
  #timer: NodeJS.Timeout
  #bytes = 0
  constructor(limits: Pick<DownloadOptions, 'idle' | 'leastBytes'>) {
    this.#limits = limits
    this.#timer = this.#begin()
  }
  get signal(): AbortSignal {
    return this.#controller.signal
  }
  get ranOut(): boolean {
    return this.#controller.signal.aborted
  }
  arrived(bytes: number): void {
    this.#bytes += bytes
    if (this.#bytes < this.#limits.leastBytes) return
    this.#bytes = 0
    clearTimeout(this.#timer)
    this.#timer = this.#begin()
  }
  /** Stops the timer and closes the connection. */
  close(): void {
    clearTimeout(this.#timer)
    this.#controller.abort()
  }
  #begin(): NodeJS.Timeout {
    return setTimeout(() => this.#controller.abort(), this.#limits.idle)
  }
}

const networkError = (error: unknown, ranOut: boolean, gained: boolean, host: string): unknown => {
  if (error instanceof DownloadError) return error
  const between = betweenFailure(error, host)
  if (between) {
    const reason = error instanceof PortalError ? 'broken' : 'offline'
    return new DownloadError(reason, between.text.key, gained, { cause: error }, between.text)
  }
  const forbidden = errorWithin(error, ForbiddenAddressError)
  if (forbidden) return new DownloadError('refused', forbidden.message, gained, { cause: error })
  if (ranOut) return new DownloadError('broken', 'too little arrived for too long', gained)
  const code = networkCode(error)
  if (code !== null && isOfflineCode(code))
    return new DownloadError('offline', code, gained, { cause: error })
  // fetch throws TypeError for every network error. Other errors come from the disk or are bugs.
  if (error instanceof TypeError || (error instanceof Error && error.name === 'SocketError'))
    return new DownloadError('broken', code ?? error.message, gained, { cause: error })
  return error
}

/** The code of an error or of its cause. */
const networkCode = (error: unknown): string | null =>
  codeOf(error) ?? (error instanceof Error ? networkCode(error.cause) : null)

/** What a server's answer to a download or its continuation means. Bytes. */
type RangeAnswer =
  | ({ kind: 'send'; from: number } & DownloadStart)
  /** The file on the disk is complete. */
  | { kind: 'complete' }
  /** The part on the disk does not fit: start again. */
  | { kind: 'again'; why: string }
  /** The link is no longer valid. */
  | { kind: 'refused'; why: string }
  | { kind: 'broken'; why: string }

interface RangeQuestion {
  response: Pick<FetchAnswer, 'status' | 'headers'>
  /** Bytes on the disk. */
  have: number
  start: DownloadStart | null
}

/** Reads status, Content-Range, Content-Length and ETag (RFC 9110, 14 and 15). */
const rangeAnswer = ({ response, have, start }: RangeQuestion): RangeAnswer => {
  const { status, headers } = response
  const etag = strongEtag(headers.get('etag'))
  if (status === 200)
    return {
      kind: 'send',
      from: 0,
      total: lengthOf(headers.get('content-length')),
      etag,
      md5: md5In(headers),
    }
  if (status === 206) {
    const range = contentRange(headers.get('content-range'))
    if (!range || range.from !== have) return { kind: 'again', why: 'another part came back' }
    if (start?.total != null && range.total !== null && range.total !== start.total)
      return { kind: 'again', why: 'the file has changed its length' }
    // Some servers support Range but not If-Range.
    if (start?.etag != null && etag !== null && etag !== start.etag)
      return { kind: 'again', why: 'the file has changed' }
    return {
      kind: 'send',
      from: have,
      total: range.total ?? start?.total ?? null,
      etag: etag ?? start?.etag ?? null,
      md5: start?.md5 ?? null,
    }
  }
  if (status === 416)
    return start?.total === have ? { kind: 'complete' } : { kind: 'again', why: 'nothing after it' }
  if (status === 408 || status === 425 || status === 429 || status >= 500)
    return { kind: 'broken', why: `HTTP ${status}` }
  return { kind: 'refused', why: `HTTP ${status}` }
}

const strongEtag = (etag: string | null): string | null =>
  etag === null || etag.startsWith('W/') ? null : etag

/** The MD5 of Content-MD5 (base64), or of an ETag that looks like one, as object stores give it; in hex. */
const md5In = (headers: Pick<Headers, 'get'>): string | null => {
  const given = Buffer.from(headers.get('content-md5') ?? '', 'base64')
  if (given.length === 16) return given.toString('hex')
  return /^"([0-9a-f]{32})"$/i.exec(headers.get('etag') ?? '')?.[1]?.toLowerCase() ?? null
}

const lengthOf = (length: string | null): number | null => {
  if (length === null || !/^\d+$/.test(length.trim())) return null
  return Number(length)
}

const contentRange = (value: string | null): { from: number; total: number | null } | null => {
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(value?.trim() ?? '')
  if (!match) return null
  return { from: Number(match[1]), total: match[3] === '*' ? null : Number(match[3]) }
}
