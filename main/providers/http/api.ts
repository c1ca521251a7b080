import type { z } from 'zod'
import type { Failure } from '../../../preload/contract'
import { type FailureRule, failureOf, type ProviderAnswer, plainFailure } from '../failures'
import { type Call, ProviderError } from '../provider'
import type { Http, HttpAnswer, HttpRequest } from './http'

/** What a body says when it refuses; null when it is no refusal. */
export type Refusal = Pick<ProviderAnswer, 'code' | 'message' | 'requestId'>

export interface ApiOptions {
  /** The provider's name, for a person. */
  name: string
  /** What every path is put behind, without a slash at its end. */
  base: string
  /** Asked at each call, because a key may be entered while the app runs. */
  key: () => string | null
  http: Http
  failures: readonly FailureRule[]
  refusal: (body: unknown) => Refusal | null
  /** Sent with every call. */
  headers?: Record<string, string>
  /** Says a failure in other words, where more is known than an answer can tell. */
  refine?: (failure: Failure) => Failure
  /** Milliseconds to wait after a rate limit that does not say how long. */
  rateLimitPause?: number
}

export interface ApiRequest extends Omit<HttpRequest, 'url' | 'headers'> {
  path: string
  headers?: Record<string, string>
  /** In place of the usual base. */
  base?: string
  /** Rules that go before the provider's own for this call. */
  failures?: readonly FailureRule[]
}

/** JSON calls to one service with a bearer key. */
export interface Api {
  host: string
  /** The header of the key. Throws `ProviderError` when there is none, or one that cannot be sent. */
  authorization: () => Record<string, string>
  /** What a refusal means; a server error leaves open whether the request took effect. */
  refused: (answer: HttpAnswer, rules?: readonly FailureRule[]) => ProviderError
  /** The answer as the schema reads it. Rejects with `ProviderError` or AbortError. */
  ask: <T extends z.ZodType>(request: ApiRequest, schema: T, call: Call) => Promise<z.output<T>>
}

/** Kinds that a server error only has by a rule of the table: the service has looked at the request and turned it down. */
const definite: readonly string[] = ['auth', 'billing', 'moderation', 'invalid-input', 'unknown']

/** Calls to a service: one request each, never repeated; what is not understood is never taken for success. */
export function createApi(options: ApiOptions): Api {
  const { http } = options
  const { host } = new URL(options.base)

  function authorization(): Record<string, string> {
    const key = options.key()
    const values = { provider: options.name }
    if (!key) {
      throw new ProviderError(plainFailure('auth', 'enter-key', 'auth_key-missing', values), 'no')
    }
    if (!/^[\x21-\x7e]+$/.test(key)) {
      throw new ProviderError(plainFailure('auth', 'enter-key', 'auth_key-malformed', values), 'no')
    }
    return { Authorization: `Bearer ${key}` }
  }

  function refused(answer: HttpAnswer, rules: readonly FailureRule[] = []): ProviderError {
    const said = options.refusal(answer.body) ?? { code: null, message: null, requestId: null }
    const known = { ...said, httpStatus: answer.status }
    const judged = failureOf(known, [...rules, ...options.failures], host)
    const failure = options.refine?.(judged) ?? judged
    const wait = failure.kind === 'rate-limit' ? (options.rateLimitPause ?? null) : null
    const settled = answer.status < 500 || (said.code !== null && definite.includes(failure.kind))
    return new ProviderError(failure, settled ? 'refused' : 'maybe', answer.retryAfter ?? wait)
  }

  return {
    host,
    authorization,
    refused,
    ask: async ({ path, headers, failures, base = options.base, ...rest }, schema, call) => {
      const answer = await http.send(
        {
          ...rest,
          url: `${base}${path}`,
          headers: { ...authorization(), ...options.headers, ...headers },
        },
        call,
      )
      if (answer.status < 200 || answer.status > 299) throw refused(answer, failures)
      const parsed = schema.safeParse(answer.body)
      if (parsed.success) return parsed.data
      // A body that says it is a refusal is one, whatever the status line says.
      const { failure } = options.refusal(answer.body)
        ? refused(answer, failures)
        : { failure: plainFailure('temporary', 'try-again', 'answer_malformed', { host }) }
      throw new ProviderError(failure, 'maybe', null, { cause: parsed.error })
    },
  }
}

/** The address without slashes at its end and without the prefixes that paths bring along. */
export const withoutSuffix = (baseUrl: string, ...suffixes: readonly string[]): string => {
  const bare = baseUrl.replace(/\/+$/, '')
  const suffix = suffixes.find((each) => bare.endsWith(each))
  return suffix ? bare.slice(0, -suffix.length).replace(/\/+$/, '') : bare
}
