import type { Failure, FailureAction, FailureKind } from '../../preload/contract'
import { redact } from './redact'

/** Every failure by its text (a key below `failure.` of the language tables), with its usual kind and action. */
const groups = [
  ['auth', 'enter-key', ['auth_key-missing', 'auth_key-malformed', 'auth_key-refused']],
  ['auth', 'enter-key', ['auth_key-disabled', 'auth_access-denied', 'auth_workspace', 'auth_ip']],
  ['auth', 'enter-key', ['auth_channel', 'auth_region-neither']],
  ['auth', 'try-region', ['auth_region']],
  ['billing', 'top-up', ['billing_arrears', 'billing_not-purchased', 'billing_quota']],
  ['billing', 'top-up', ['billing_credits', 'billing_key-limit']],
  ['moderation', 'change-prompt', ['moderation_content', 'moderation_rights']],
  ['invalid-input', 'none', ['input_parameter', 'input_unsupported']],
  ['invalid-input', 'enter-key', ['input_model']],
  ['invalid-input', 'try-again', ['input_url', 'input_file-download', 'upload_refused']],
  ['invalid-input', 'fix-file', ['input_media-unreadable', 'input_reference-missing']],
  [
    'invalid-input',
    'fix-file',
    ['input_file-size', 'input_file-duration', 'input_file-resolution'],
  ],
  ['invalid-input', 'fix-file', ['input_file-frame-rate', 'input_file-aspect']],
  ['invalid-input', 'fix-file', ['input_file-unopenable', 'input_file-format']],
  ['rate-limit', 'wait', ['rate_limited', 'rate_quota']],
  ['temporary', 'try-again', ['temporary_timeout', 'temporary_service', 'temporary_fetch']],
  ['temporary', 'try-again', ['temporary_no-content', 'answer_malformed', 'network_timeout']],
  ['temporary', 'reconnect', ['network_refused', 'network_dns', 'network_offline']],
  ['temporary', 'reconnect', ['network_tls', 'network_lost', 'network_portal']],
  ['temporary', 'reconnect', ['proxy_refused', 'proxy_user']],
  ['gone', 'none', ['gone_task']],
  ['unknown', 'contact-provider', ['unknown_code']],
  ['unknown', 'try-again', ['answer_result-missing']],
  ['unknown', 'contact-provider', ['answer_too-large']],
  ['unknown', 'none', ['answer_redirect']],
  ['unknown', 'change-prompt', ['unknown_upstream']],
  ['unknown', 'try-again', ['temporary_cancelled']],
  ['local', 'none', ['provider_bad-url', 'provider_not-built-in', 'upload_unsupported']],
  ['local', 'none', ['proxy_setting']],
  ['local', 'try-again', ['sandbox_not-running', 'bucket_clock']],
  ['local', 'fix-file', ['upload_changed', 'upload_unreadable', 'upload_too-large']],
  ['local', 'set-up-bucket', ['bucket_missing', 'bucket_incomplete']],
  ['auth', 'set-up-bucket', ['bucket_keys', 'bucket_no-such', 'bucket_region', 'bucket_style']],
  ['auth', 'set-up-bucket', ['bucket_denied']],
  ['billing', 'set-up-bucket', ['bucket_full']],
  ['unknown', 'set-up-bucket', ['bucket_refused', 'bucket_unreadable', 'bucket_different']],
] as const satisfies [FailureKind, FailureAction, string[]][]

export type FailureText = (typeof groups)[number][2][number]

const usual = new Map<FailureText, Pick<Failure, 'kind' | 'action'>>(
  groups.flatMap(([kind, action, texts]) => texts.map((text) => [text, { kind, action }] as const)),
)

export const failureTexts: readonly FailureText[] = [...usual.keys()]

/** What an answer means for a person; kind and action only where they are not the usual ones of the text. */
interface Meaning {
  text: FailureText
  kind?: FailureKind
  action?: FailureAction
}

/** A row of a provider's error table: which answers it matches, and what they mean. */
export interface FailureRule extends Meaning {
  /**
   * Matches these codes and everything below them (`InvalidFile` also matches `InvalidFile.Size`), in upper or lower
   * case; '*' matches any code and none.
   */
  code: string | readonly string[]
  /** Only with this HTTP status; null for a failed task, which has none. */
  status?: number | null
  /** Only where the provider's message matches. */
  message?: RegExp
}

/** A provider's refusal, in its words; `httpStatus` is null for a failed task. */
export interface ProviderAnswer {
  code: string | null
  message: string | null
  requestId: string | null
  httpStatus: number | null
}

const gone: Meaning = { text: 'unknown_code', kind: 'gone', action: 'none' }

const byStatus: Record<number, Meaning> = {
  400: { text: 'input_parameter' },
  401: { text: 'auth_key-refused' },
  402: { text: 'billing_arrears' },
  403: { text: 'auth_access-denied' },
  404: gone,
  408: { text: 'temporary_timeout' },
  410: gone,
  413: { text: 'input_file-size' },
  422: { text: 'input_parameter' },
  429: { text: 'rate_limited' },
}

const meaningOfStatus = (status: number | null): Meaning => {
  if (status !== null && status >= 300 && status < 400) return { text: 'answer_redirect' }
  if (status !== null && status >= 500) return { text: 'temporary_service' }
  return byStatus[status ?? 0] ?? { text: 'unknown_code' }
}

const matchesCode = (wanted: string, code: string): boolean =>
  wanted === '*' || code === wanted || code.startsWith(`${wanted}.`)

const matches = (rule: FailureRule, answer: ProviderAnswer): boolean => {
  const code = answer.code?.trim().toLowerCase() ?? ''
  if (rule.status !== undefined && rule.status !== answer.httpStatus) return false
  if (![rule.code].flat().some((wanted) => matchesCode(wanted.toLowerCase(), code))) return false
  return rule.message?.test(answer.message ?? '') ?? true
}

const redactValues = <T extends Record<string, string | number | null>>(values: T): T =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? redact(value) : value,
    ]),
  ) as T

/** A failure by its text, without keys that a service repeated. `other` replaces the usual kind or action. */
export const plainFailure = (
  text: FailureText,
  values: Failure['text']['values'] = {},
  other: Partial<Failure> = {},
): Failure => ({
  kind: 'unknown',
  action: 'none',
  ...usual.get(text),
  text: { key: `failure.${text}`, values: redactValues(values) },
  ...other,
  provider: other.provider ? redactValues(other.provider) : null,
})

/** What an answer means: by the first matching rule of the provider's table, else by its HTTP status. */
export const failureOf = (
  answer: ProviderAnswer,
  rules: readonly FailureRule[],
  host = '',
): Failure => {
  const { text, kind, action } =
    rules.find((rule) => matches(rule, answer)) ?? meaningOfStatus(answer.httpStatus)
  const code = answer.code || (answer.httpStatus === null ? '?' : `HTTP ${answer.httpStatus}`)
  const values = { code, message: answer.message || code, host }
  const other = { ...(kind ? { kind } : {}), ...(action ? { action } : {}) }
  return plainFailure(text, values, { ...other, provider: answer })
}

/**
 * Whether the same call may succeed later without any change.
 *
 * True for rate limits and temporary trouble; false for billing, also where it was reported with a 429. Whether a
 * create may be repeated is decided by `ProviderError.sent`.
 */
export const mayPass = ({ kind }: Failure): boolean => kind === 'rate-limit' || kind === 'temporary'
