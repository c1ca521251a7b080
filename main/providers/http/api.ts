import type { z } from 'zod'
import type { Failure } from '../../../preload/contract'
import { type FailureRule, failureOf, type ProviderAnswer, plainFailure } from '../failures'
import { type Call, ProviderError } from '../provider'
import type { Http, HttpAnswer, HttpRequest } from './http'

/** Code, message and request id of a refusal. */
export type Refusal = Pick<ProviderAnswer, 'code' | 'message' | 'requestId'>

export interface ApiOptions {
  /** The provider's name, for a person. */
  name: string
  /** Prefix of every path, without a slash at its end. */
  base: string
  /** Called for each request, because a key may be entered while the app runs. */
  key: () => string | null
  http: Http
  failures: readonly FailureRule[]
  /** Reads a refusal from a body; null when the body is none. */
  refusal: (body: unknown) => Refusal | null
  /** Sent with every request. */
  headers?: Record<string, string>
  /** Replaces a failure where more is known than the answer says. */
  refine?: (failure: Failure) => Failure
  /** Milliseconds to wait after a rate limit without a Retry-After header. */
  rateLimitPause?: number
}

export interface ApiRequest extends Omit<HttpRequest, 'url' | 'headers'> {
  path: string
  headers?: Record<string, string>
  /** Replaces the base for this request. */
  base?: string
  /** Rules that come before the provider's own for this request. */
  failures?: readonly FailureRule[]
}

/** JSON calls to one service with a bearer key. */
export interface Api {
  /** The header with the key. Throws `ProviderError` without a key, and for one that cannot be sent in a header. */
  authorization: () => Record<string, string>
  /** The answer, parsed. Rejects with `ProviderError` or AbortError. */
  ask: <T extends z.ZodType>(request: ApiRequest, schema: T, call: Call) => Promise<z.output<T>>
}

/** A server error has one of these kinds only by a rule of the table: the service then refused the request definitely. */
const definite: readonly string[] = ['auth', 'billing', 'moderation', 'invalid-input', 'unknown']

/** Calls to a service: one request each, never repeated. An answer that cannot be parsed never counts as success. */
export const createApi = (options: ApiOptions): Api => {
  const { http } = options
  const { host } = new URL(options.base)

  const authorization = (): Record<string, string> => {
    const key = options.key()
    const values = { provider: options.name }
    if (!key) {
      throw new ProviderError(plainFailure('auth_key-missing', values), 'no')
    }
    if (!/^[\x21-\x7e]+$/.test(key)) {
      throw new ProviderError(plainFailure('auth_key-malformed', values), 'no')
    }
    return { Authorization: `Bearer ${key}` }
  }

  /** What a refusal means. A server error leaves open whether the request took effect. */
  const refused = (answer: HttpAnswer, rules: readonly FailureRule[] = []): ProviderError => {
    const said = options.refusal(answer.body) ?? { code: null, message: null, requestId: null }
    const known = { ...said, httpStatus: answer.status }
    const judged = failureOf(known, [...rules, ...options.failures], host)
    const failure = options.refine?.(judged) ?? judged
    const wait = failure.kind === 'rate-limit' ? (options.rateLimitPause ?? null) : null
    const settled = answer.status < 500 || (said.code !== null && definite.includes(failure.kind))
    return new ProviderError(failure, settled ? 'refused' : 'maybe', answer.retryAfter ?? wait)
  }

  return {
    authorization,
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
      // A body with a refusal counts as one, even under a status of success.
      const { failure } = options.refusal(answer.body)
        ? refused(answer, failures)
        : { failure: plainFailure('answer_malformed', { host }) }
      throw new ProviderError(failure, 'maybe', null, { cause: parsed.error })
    },
  }
}

/** The address without slashes at its end and without the first of these suffixes, which the paths already contain. */
export const withoutSuffix = (baseUrl: string, ...suffixes: readonly string[]): string => {
  const bare = baseUrl.replace(/\/+$/, '')
  const suffix = suffixes.find((each) => bare.endsWith(each))
  return suffix ? bare.slice(0, -suffix.length).replace(/\/+$/, '') : bare
}

/** An address with punycode names and everything else escaped; unchanged where it is not an address. */
export const asciiUrl = (url: string | null): string | undefined =>
  url === null ? undefined : (URL.parse(url)?.href ?? url)
