import type { Failure, FailureAction, FailureKind } from '../../preload/contract'

/** One line of a provider's error table: which answers it means, and what they mean for a person. */
export interface FailureRule {
  /** Matches this code and everything below it (`InvalidFile` and `InvalidFile.Size`), in any case; '*' any. */
  code: string
  /** Only with this HTTP status; null for a task that failed, which has none. */
  status?: number | null
  /** Only where the provider's message says so. */
  message?: RegExp
  kind: FailureKind
  action: FailureAction
  /** Key below `failure.` of the language tables. */
  text: string
}

/** What a provider said when it refused, as it came; `httpStatus` is null inside a failed task. */
export interface ProviderAnswer {
  code: string | null
  message: string | null
  requestId: string | null
  httpStatus: number | null
}

type Meaning = Pick<FailureRule, 'kind' | 'action' | 'text'>

const byStatus: Record<number, Meaning> = {
  400: { kind: 'invalid-input', action: 'none', text: 'input_parameter' },
  401: { kind: 'auth', action: 'enter-key', text: 'auth_key-refused' },
  402: { kind: 'billing', action: 'top-up', text: 'billing_arrears' },
  403: { kind: 'auth', action: 'enter-key', text: 'auth_access-denied' },
  404: { kind: 'gone', action: 'none', text: 'unknown_code' },
  408: { kind: 'temporary', action: 'try-again', text: 'temporary_timeout' },
  410: { kind: 'gone', action: 'none', text: 'unknown_code' },
  413: { kind: 'invalid-input', action: 'fix-file', text: 'input_file-size' },
  422: { kind: 'invalid-input', action: 'none', text: 'input_parameter' },
  429: { kind: 'rate-limit', action: 'wait', text: 'rate_limited' },
}

const undocumented: Meaning = {
  kind: 'unknown',
  action: 'contact-provider',
  text: 'unknown_code',
}

function meaningOfStatus(status: number | null): Meaning {
  if (status === null) return undocumented
  if (status >= 300 && status < 400) return { ...undocumented, text: 'answer_redirect' }
  if (status >= 500) return { kind: 'temporary', action: 'try-again', text: 'temporary_service' }
  return byStatus[status] ?? undocumented
}

function matches(rule: FailureRule, answer: ProviderAnswer): boolean {
  const code = answer.code?.trim().toLowerCase() ?? ''
  const wanted = rule.code.toLowerCase()
  if (rule.status !== undefined && rule.status !== answer.httpStatus) return false
  if (wanted !== '*' && code !== wanted && !code.startsWith(`${wanted}.`)) return false
  return rule.message ? rule.message.test(answer.message ?? '') : true
}

/** What an answer means: by the provider's own table (the first rule that fits), else by its HTTP status. */
export function failureOf(
  answer: ProviderAnswer,
  rules: readonly FailureRule[],
  host = '',
): Failure {
  const meaning = rules.find((rule) => matches(rule, answer)) ?? meaningOfStatus(answer.httpStatus)
  const code = answer.code || (answer.httpStatus === null ? '?' : `HTTP ${answer.httpStatus}`)
  return {
    kind: meaning.kind,
    text: {
      key: `failure.${meaning.text}`,
      values: { code, message: answer.message || code, host },
    },
    action: meaning.action,
    provider: answer,
  }
}

/** A failure of our own making, without a provider's words. */
export const plainFailure = (
  kind: FailureKind,
  action: FailureAction,
  text: string,
  values: Record<string, string | number> = {},
): Failure => ({ kind, text: { key: `failure.${text}`, values }, action, provider: null })

/**
 * Whether the same call may succeed later without anyone doing anything.
 *
 * True for rate limits and passing trouble; never for billing, even where that came as a 429. Whether a
 * create may be repeated is another question: see `ProviderError.sent`.
 */
export const mayPass = (failure: Failure): boolean =>
  failure.kind === 'rate-limit' || failure.kind === 'temporary'
