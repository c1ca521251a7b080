import type { Failure, FailureAction } from '../../../preload/contract'
import { codeOf } from '../../files/errno'
import { PortalError } from '../../network/portal'
import { ProxySettingError } from '../../network/proxies'
import { ProxyError } from '../../network/tunnel'
import { type FailureText, plainFailure } from '../failures'

interface NetworkRule {
  codes: readonly string[]
  text: FailureText
  action?: FailureAction
}

/** Codes of a computer without a network, or of one that cannot find the service. */
const unreachable = ['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EHOSTDOWN']
const unresolved = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL']
const unconnected = ['UND_ERR_CONNECT_TIMEOUT']

/** Whether an error code means that there is no network: a wait, not a failed attempt. */
export const isOfflineCode = (code: string): boolean =>
  [...unreachable, ...unresolved, ...unconnected].includes(code)

/** What the codes of Node, OpenSSL and undici mean for a person. `reconnect`: the connection is at fault, not the service. */
const rules: readonly NetworkRule[] = [
  { codes: ['UND_ERR_RES_EXCEEDED_MAX_SIZE'], text: 'answer_too-large' },
  { codes: ['ECONNREFUSED'], text: 'network_refused' },
  { codes: unresolved, text: 'network_dns' },
  { codes: unreachable, text: 'network_offline' },
  { codes: unconnected, text: 'network_timeout', action: 'reconnect' },
  {
    codes: ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT'],
    text: 'network_timeout',
  },
]

const isTls = (code: string): boolean =>
  /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH)/.test(code)

/** An error and every error inside it. */
const errorsIn = (error: unknown, depth = 0): Error[] => {
  if (!(error instanceof Error) || depth > 4) return []
  const inner = error instanceof AggregateError ? error.errors : []
  return [error, ...[error.cause, ...inner].flatMap((cause) => errorsIn(cause, depth + 1))]
}

/** The first error of this class in an error; null for none. */
export const errorWithin = <T extends Error>(
  error: unknown,
  wanted: abstract new (...args: never[]) => T,
): T | null => errorsIn(error).find((each): each is T => each instanceof wanted) ?? null

/** What stands between us and a service: a proxy, its setting, or the page of a network; null for anything else. */
export const betweenFailure = (error: unknown, host: string): Failure | null => {
  const setting = errorWithin(error, ProxySettingError)
  if (setting) return plainFailure('proxy_setting', { variable: setting.variable })
  const refusal = errorWithin(error, ProxyError)
  if (refusal) {
    const { proxy, status } = refusal
    if (status === 407) return plainFailure('proxy_user', { proxy })
    const reason = status === null ? codesOf(refusal)[0] : `HTTP ${status}`
    return plainFailure('proxy_refused', { proxy, host, reason: reason ?? '?' })
  }
  return errorWithin(error, PortalError) && plainFailure('network_portal', { host })
}

const codesOf = (error: unknown): string[] => errorsIn(error).flatMap((each) => codeOf(each) ?? [])

/** The failure behind an error of the network; an unknown error counts as a lost connection. */
export const networkFailure = (
  error: unknown,
  host: string,
  { timedOut }: { timedOut?: boolean } = {},
): Failure => {
  if (timedOut) return plainFailure('network_timeout', { host })
  const between = betweenFailure(error, host)
  if (between) return between
  const codes = codesOf(error)
  const tls = codes.find(isTls)
  if (tls) return plainFailure('network_tls', { host, detail: tls })
  const rule = rules.find((candidate) => candidate.codes.some((code) => codes.includes(code)))
  if (!rule) return plainFailure('network_lost', { host })
  return plainFailure(rule.text, { host }, rule.action ? { action: rule.action } : {})
}

/** The signal's reason where that is an AbortError, else a new AbortError. */
export const abortError = ({ reason }: AbortSignal): Error =>
  reason instanceof Error && reason.name === 'AbortError'
    ? reason
    : new DOMException('The operation was aborted', 'AbortError')

/** Milliseconds in a day: no Retry-After header makes the app wait longer. */
const longestWait = 24 * 3_600_000

/** Milliseconds since the epoch of an HTTP date (RFC 9110); null for anything else. */
export const httpDateOf = (header: string | undefined): number | null => {
  const value = header?.trim() ?? ''
  // Date.parse also accepts '-5' and '12 apples'; an HTTP date begins with the name of a day.
  const date = /^[A-Z][a-z]{2}/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? null : date
}

/** Milliseconds to wait by a Retry-After header (RFC 9110: seconds or an HTTP date); null without a valid one. */
export const retryAfterOf = (header: string | undefined, now: number): number | null => {
  const value = header?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(value)) return Math.min(Number(value) * 1000, longestWait)
  const date = httpDateOf(value)
  return date === null ? null : Math.min(Math.max(0, date - now), longestWait)
}
