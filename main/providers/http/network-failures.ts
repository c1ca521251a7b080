import type { Failure, FailureAction } from '../../../preload/contract'
import { codeOf } from '../../files/errno'

interface NetworkRule {
  codes: readonly string[]
  text: string
  action: FailureAction
}

/** Node's, OpenSSL's and undici's codes by what they mean for a person. `reconnect`: the way is broken, not the service. */
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

/** Codes of an error and of everything that it wraps. */
function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 4) return []
  const code = codeOf(error)
  const inner = error instanceof AggregateError ? error.errors : []
  return [
    ...(code === null ? [] : [code]),
    ...[error.cause, ...inner].flatMap((cause) => codesOf(cause, depth + 1)),
  ]
}

/** The failure behind an error of the network; what is not recognised is a lost connection. */
export function networkFailure(
  error: unknown,
  host: string,
  known: { timedOut?: boolean; tooLarge?: boolean } = {},
): Failure {
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
