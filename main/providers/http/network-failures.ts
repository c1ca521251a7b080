import type { Failure, FailureAction } from '../../../preload/contract'

interface NetworkRule {
  codes: readonly string[]
  text: string
  action: FailureAction
}

/** What the codes of Node, OpenSSL and undici mean for a person. `reconnect`: the connection is at fault, not the service. */
const rules: readonly NetworkRule[] = [
  { codes: ['ECONNREFUSED'], text: 'network_refused', action: 'reconnect' },
  { codes: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL'], text: 'network_dns', action: 'reconnect' },
  {
    codes: ['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EHOSTDOWN'],
    text: 'network_offline',
    action: 'reconnect',
  },
  { codes: ['UND_ERR_CONNECT_TIMEOUT'], text: 'network_timeout', action: 'reconnect' },
  {
    codes: ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT'],
    text: 'network_timeout',
    action: 'try-again',
  },
]

const isTls = (code: string): boolean =>
  /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH)/.test(code)

/** The codes of an error and of every error inside it. */
const codesOf = (error: unknown, depth = 0): string[] => {
  if (!(error instanceof Error) || depth > 4) return []
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  const inner = error instanceof AggregateError ? error.errors : []
  return [...code, ...[error.cause, ...inner].flatMap((cause) => codesOf(cause, depth + 1))]
}

/** The failure behind an error of the network; an unknown error counts as a lost connection. */
export const networkFailure = (
  error: unknown,
  host: string,
  known: { timedOut?: boolean; tooLarge?: boolean } = {},
): Failure => {
  const temporary = (text: string, action: FailureAction, values = {}): Failure => ({
    kind: 'temporary',
    text: { key: `failure.${text}`, values: { host, ...values } },
    action,
    provider: null,
  })
  if (known.tooLarge)
    return { ...temporary('answer_too-large', 'contact-provider'), kind: 'unknown' }
  if (known.timedOut) return temporary('network_timeout', 'try-again')
  const codes = codesOf(error)
  const tls = codes.find(isTls)
  if (tls) return temporary('network_tls', 'reconnect', { detail: tls })
  const rule = rules.find((candidate) => candidate.codes.some((code) => codes.includes(code)))
  return rule ? temporary(rule.text, rule.action) : temporary('network_lost', 'reconnect')
}

/** The signal's reason where that is an AbortError, else a new AbortError. */
export const abortError = ({ reason }: AbortSignal): Error =>
  reason instanceof Error && reason.name === 'AbortError'
    ? reason
    : new DOMException('The operation was aborted', 'AbortError')

/** Milliseconds in a day: no Retry-After header makes the app wait longer. */
const longestWait = 24 * 3_600_000

/** Milliseconds to wait by a Retry-After header (RFC 9110: seconds or an HTTP date); null without a valid one. */
export const retryAfterOf = (header: string | undefined, now: number): number | null => {
  const value = header?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(value)) return Math.min(Number(value) * 1000, longestWait)
  // Date.parse also accepts '-5' and '12 apples'; an HTTP date begins with the name of a day.
  if (!/^[A-Z][a-z]{2}/.test(value)) return null
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.min(Math.max(0, date - now), longestWait)
}
