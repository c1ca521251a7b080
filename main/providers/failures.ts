import type { Failure, FailureAction, FailureKind } from '../../preload/contract'
import type { TaskStatus } from './provider'

/** A row of a provider's error table: which answers it matches, and what they mean for a person. */
export interface FailureRule {
  /**
   * Matches these codes and everything below them (`InvalidFile` also matches `InvalidFile.Size`), in upper or lower
   * case; '*' matches any code and none.
   */
  code: string | readonly string[]
  /** Only with this HTTP status; null for a failed task, which has none. */
  status?: number | null
  /** Only where the provider's message matches. */
  message?: RegExp
  kind: FailureKind
  action: FailureAction
  /** Key below `failure.` of the language tables. */
  text: string
}

/** A provider's refusal, unchanged; `httpStatus` is null for a failed task. */
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

const meaningOfStatus = (status: number | null): Meaning => {
  if (status === null) return undocumented
  if (status >= 300 && status < 400) return { ...undocumented, text: 'answer_redirect' }
  if (status >= 500) return { kind: 'temporary', action: 'try-again', text: 'temporary_service' }
  return byStatus[status] ?? undocumented
}

const matchesCode = (wanted: string, code: string): boolean =>
  wanted === '*' || code === wanted || code.startsWith(`${wanted}.`)

const matches = (rule: FailureRule, answer: ProviderAnswer): boolean => {
  const code = answer.code?.trim().toLowerCase() ?? ''
  if (rule.status !== undefined && rule.status !== answer.httpStatus) return false
  if (![rule.code].flat().some((wanted) => matchesCode(wanted.toLowerCase(), code))) return false
  return rule.message?.test(answer.message ?? '') ?? true
}

/** What an answer means: by the first matching rule of the provider's table, else by its HTTP status. */
export const failureOf = (
  answer: ProviderAnswer,
  rules: readonly FailureRule[],
  host = '',
): Failure => {
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

/** A failure that the app itself found, without an answer of a provider. */
export const plainFailure = (
  kind: FailureKind,
  action: FailureAction,
  text: string,
  values: Record<string, string | number> = {},
): Failure => ({ kind, text: { key: `failure.${text}`, values }, action, provider: null })

/** The status of a task that its provider reports as failed. */
export const failedTask = (
  answer: Omit<ProviderAnswer, 'httpStatus'>,
  rules: readonly FailureRule[],
): TaskStatus => ({
  status: 'failed',
  failure: failureOf({ ...answer, httpStatus: null }, rules),
  requestId: answer.requestId,
})

/** The status of a task that its provider reports as succeeded, without the address of a result. */
export const taskWithoutResult = (requestId: string | null): TaskStatus => ({
  status: 'failed',
  failure: {
    ...plainFailure('unknown', 'contact-provider', 'unknown_result-missing'),
    provider: { code: null, message: null, requestId, httpStatus: 200 },
  },
  requestId,
})

/**
 * Whether the same call may succeed later without any change.
 *
 * True for rate limits and temporary trouble; false for billing, also where it was reported with a 429. Whether a
 * create may be repeated is decided by `ProviderError.sent`.
 */
export const mayPass = ({ kind }: Failure): boolean => kind === 'rate-limit' || kind === 'temporary'
