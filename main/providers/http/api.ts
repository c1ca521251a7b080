import type { z } from 'zod'
import type { Failure } from '../../../preload/contract'
import type { AdapterOptions } from '../adapters'
import { type FailureRule, failureOf, type ProviderAnswer, plainFailure } from '../failures'
import { type Call, ProviderError } from '../provider'
import type { HttpAnswer, HttpRequest } from './http'

/** Code, message and request id of a refusal. */
export type Refusal = Pick<ProviderAnswer, 'code' | 'message' | 'requestId'>

interface Service {
  /** Prefix of every path, without a slash at its end. */
  base: string
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

interface ApiRequest extends Omit<HttpRequest, 'url' | 'headers'> {
  path: string
  headers?: Record<string, string>
  /** Replaces the base for this request. */
  base?: string
  /** Rules that come before the provider's own for this request. */
  failures?: readonly FailureRule[]
}

/** A server error has one of these kinds only by a rule of the table: the service then refused the request definitely. */
const definite: readonly string[] = ['auth', 'billing', 'moderation', 'invalid-input', 'unknown']

/**
 * JSON calls to a service with a bearer key: one request each, never repeated. An answer that cannot be parsed never
 * counts as success.
 */
export const createApi = (
  { row, key, http }: Pick<AdapterOptions, 'row' | 'key' | 'http'>,
  service: Service,
) => {
  const { host } = new URL(service.base)

  /** The header with the key. Throws `ProviderError` without a key, and for one that cannot be sent in a header. */
  const authorization = (): Record<string, string> => {
    const token = key() ?? ''
    if (/^[\x21-\x7e]+$/.test(token)) return { Authorization: `Bearer ${token}` }
    const text = token === '' ? 'auth_key-missing' : 'auth_key-malformed'
    throw new ProviderError(plainFailure(text, { provider: row.name }), 'no')
  }

  /** What a refusal means. A server error leaves open whether the request took effect. */
  const refused = (answer: HttpAnswer, rules: readonly FailureRule[] = []): ProviderError => {
    const said = service.refusal(answer.body) ?? { code: null, message: null, requestId: null }
    const known = { ...said, httpStatus: answer.status }
    const judged = failureOf(known, [...rules, ...service.failures], host)
    const failure = service.refine?.(judged) ?? judged
    const wait = failure.kind === 'rate-limit' ? (service.rateLimitPause ?? null) : null
    const settled = answer.status < 500 || (said.code !== null && definite.includes(failure.kind))
    return new ProviderError(failure, settled ? 'refused' : 'maybe', answer.retryAfter ?? wait)
  }

  /**
   * Whether somebody in between answered: with a web page as success, or with 511 (RFC 6585). Pages under other codes
   * often come from a service's own gateway.
   */
  const isFromBetween = ({ status, isPage }: HttpAnswer): boolean =>
    status === 511 || (isPage && status < 300)

  /** The answer, parsed, and the service's clock. Rejects with `ProviderError` or AbortError. */
  const askDated = async <T extends z.ZodType>(
    { path, headers, failures, base = service.base, ...rest }: ApiRequest,
    schema: T,
    call: Call,
  ): Promise<{ data: z.output<T>; date: number | null }> => {
    const answer = await http.send(
      {
        ...rest,
        url: `${base}${path}`,
        headers: { ...authorization(), ...service.headers, ...headers },
      },
      call,
    )
    if (isFromBetween(answer))
      throw new ProviderError(plainFailure('network_portal', { host }), 'maybe')
    if (answer.status < 200 || answer.status > 299) throw refused(answer, failures)
    const parsed = schema.safeParse(answer.body)
    if (parsed.success) return { data: parsed.data, date: answer.date }
    // A body with a refusal counts as one, even under a status of success.
    const { failure } = service.refusal(answer.body)
      ? refused(answer, failures)
      : { failure: plainFailure('answer_malformed', { host }) }
    throw new ProviderError(failure, 'maybe', null, { cause: parsed.error })
  }

  return {
    authorization,
    askDated,
    ask: async <T extends z.ZodType>(
      request: ApiRequest,
      schema: T,
      call: Call,
    ): Promise<z.output<T>> => (await askDated(request, schema, call)).data,
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
