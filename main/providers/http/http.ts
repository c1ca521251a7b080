import { Agent, type Dispatcher, request } from 'undici'
import { type Call, ProviderError } from '../provider'
import { parseJson } from './loose'
import { abortError, networkFailure, retryAfterOf } from './network-failures'

/** Milliseconds that each part of an exchange may take, and the maximum bytes of an answer. */
export interface HttpLimits {
  connect: number
  headers: number
  /** Between two pieces of the body. */
  body: number
  /** The whole exchange, from the first byte to the last. */
  total: number
  answerBytes: number
}

const defaults: HttpLimits = {
  connect: 10_000,
  headers: 45_000,
  body: 20_000,
  total: 90_000,
  answerBytes: 1024 * 1024,
}

export interface HttpRequest {
  method: 'GET' | 'POST'
  url: string
  headers: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
  /** Uses a new connection: on an idle one that was just closed, it would be unclear whether the request arrived. */
  fresh?: boolean
}

export interface HttpAnswer {
  status: number
  /** Parsed JSON; undefined when the body is empty or not JSON. */
  body: unknown
  /** Milliseconds of a Retry-After header; null without one. */
  retryAfter: number | null
}

/** Sends single requests: never repeats one, never follows a redirect (which would forward the key). */
export interface Http {
  /**
   * Resolves with any HTTP answer, whatever its status. Rejects with `ProviderError` for errors of the network
   * (`sent` is 'no' only if nothing was written to a connection), and with AbortError.
   */
  send: (request: HttpRequest, call: Call) => Promise<HttpAnswer>
  close: () => Promise<void>
}

/** Calls `onWrite` when a request is about to be written: before that, nothing can have reached the service. */
const watchingWrites = (dispatcher: Dispatcher, onWrite: () => void): Dispatcher =>
  dispatcher.compose(
    (dispatch) => (options, handler) =>
      dispatch(options, {
        onRequestStart: (controller, context) => {
          onWrite()
          handler.onRequestStart?.(controller, context)
        },
        onRequestUpgrade: (...event) => handler.onRequestUpgrade?.(...event),
        onResponseStart: (...event) => handler.onResponseStart?.(...event),
        onResponseData: (...event) => handler.onResponseData?.(...event),
        onResponseEnd: (...event) => handler.onResponseEnd?.(...event),
        onResponseError: (...event) => handler.onResponseError?.(...event),
      }),
  )

class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge'
}

const readBounded = async (body: AsyncIterable<Buffer>, limit: number): Promise<string> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > limit) throw new AnswerTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const headerOf = (headers: Record<string, string | string[] | undefined>, name: string) => {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

/** The HTTP client that all providers share, with a limit on every wait and every buffer. */
export const createHttp = (
  limits: Partial<HttpLimits> = {},
  now: () => number = Date.now,
): Http => {
  const { connect, headers, body, total, answerBytes } = { ...defaults, ...limits }
  const waits = { connect: { timeout: connect }, headersTimeout: headers, bodyTimeout: body }
  const kept = new Agent({ ...waits, keepAliveTimeout: 4_000 })
  const fresh = new Agent({ ...waits, pipelining: 0 })

  const send: Http['send'] = async (wanted, { signal }) => {
    if (signal.aborted) throw abortError(signal)
    let written = false
    const deadline = AbortSignal.timeout(total)
    const dispatcher = watchingWrites(wanted.fresh ? fresh : kept, () => {
      written = true
    })
    try {
      const answer = await request(wanted.url, {
        dispatcher,
        method: wanted.method,
        headers: {
          accept: 'application/json',
          ...(wanted.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...wanted.headers,
        },
        body: wanted.body === undefined ? null : JSON.stringify(wanted.body),
        signal: AbortSignal.any([signal, deadline]),
      })
      const text = await readBounded(answer.body, answerBytes)
      const retryAfter = retryAfterOf(headerOf(answer.headers, 'retry-after'), now())
      return { status: answer.statusCode, body: parseJson(text), retryAfter }
    } catch (error) {
      if (signal.aborted) throw abortError(signal)
      const sent = written ? 'maybe' : 'no'
      const timedOut = deadline.aborted
      const tooLarge = error instanceof AnswerTooLarge
      throw new ProviderError(
        networkFailure(error, new URL(wanted.url).host, { timedOut, tooLarge }),
        sent,
        null,
        { cause: error },
      )
    }
  }

  return {
    send,
    close: async () => {
      await Promise.all([kept.destroy(), fresh.destroy()])
    },
  }
}
