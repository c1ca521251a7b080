import { type Dispatcher, request } from 'undici'
import { createAgent } from '../../network/agent'
import { createDispatcher } from '../../network/dispatcher'
import { directNetwork, type Network } from '../../network/network'
import { isPage } from '../../network/portal'
import { ProxyError } from '../../network/tunnel'
import { type Call, ProviderError } from '../provider'
import { withoutSecret } from '../redact'
import { parseJson } from './loose'
import { type MultipartAnswer, type MultipartUpload, sendMultipart } from './multipart-stream'
import {
  abortError,
  errorWithin,
  httpDateOf,
  networkFailure,
  retryAfterOf,
} from './network-failures'

/** Milliseconds that each part of an exchange may take, and the maximum bytes of an answer. */
const defaults = {
  headers: 45_000,
  /** Between two pieces of the body. */
  body: 20_000,
  /** The whole exchange, from the first byte to the last. */
  total: 90_000,
  answerBytes: 1024 * 1024,
}
export type HttpLimits = typeof defaults

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
  /** Whether the body is a web page. */
  isPage: boolean
  /** Milliseconds of a Retry-After header; null without one. */
  retryAfter: number | null
  /** The service's clock by its Date header, in milliseconds since the epoch; null without one. */
  date: number | null
}

/** Sends single requests: never repeats one, never follows a redirect (which would forward the key). */
export interface Http {
  /**
   * Resolves with any HTTP answer, whatever its status. Rejects with `ProviderError` for errors of the network
   * (`sent` is 'no' only if nothing was written to a connection), and with AbortError.
   */
  send: (request: HttpRequest, call: Call) => Promise<HttpAnswer>
  /** See `sendMultipart`. */
  upload: (upload: Omit<MultipartUpload, 'agent'>) => Promise<MultipartAnswer>
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

const headerOf = (headers: Record<string, string | string[] | undefined>, name: string) => {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

/** The HTTP client that all providers share, with a limit on every wait and every buffer. */
export const createHttp = (
  limits: Partial<HttpLimits> = {},
  network: Network = directNetwork,
  now: () => number = Date.now,
): Http => {
  const { headers, body, total, answerBytes } = { ...defaults, ...limits }
  const bounds = {
    headersTimeout: headers,
    bodyTimeout: body,
    maxResponseSize: answerBytes,
  }
  const kept = createDispatcher(network, { ...bounds, keepAliveTimeout: 4_000 })
  const fresh = createDispatcher(network, { ...bounds, pipelining: 0 })
  const agent = createAgent(network, { keepAlive: false })

  const send: Http['send'] = async (wanted, { signal }) => {
    if (signal.aborted) throw abortError(signal)
    let written = false
    const deadline = AbortSignal.timeout(total)
    const dispatcher = watchingWrites((wanted.fresh ? fresh : kept).dispatcher, () => {
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
      const text = withoutSecret(await answer.body.text(), wanted.headers['Authorization'])
      return {
        status: answer.statusCode,
        body: parseJson(text),
        isPage: isPage(text),
        retryAfter: retryAfterOf(headerOf(answer.headers, 'retry-after'), now()),
        date: httpDateOf(headerOf(answer.headers, 'date')),
      }
    } catch (error) {
      if (signal.aborted) throw abortError(signal)
      const known = { timedOut: deadline.aborted }
      const failure = networkFailure(error, new URL(wanted.url).host, known)
      const unsent = !written || errorWithin(error, ProxyError) !== null
      throw new ProviderError(failure, unsent ? 'no' : 'maybe', null, { cause: error })
    }
  }

  return {
    send,
    upload: async (upload) => {
      const answer = await sendMultipart({ ...upload, agent })
      return { ...answer, text: withoutSecret(answer.text, upload.headers?.['Authorization']) }
    },
    close: async () => {
      agent.destroy()
      await Promise.all([kept.destroy(), fresh.destroy()])
    },
  }
}
