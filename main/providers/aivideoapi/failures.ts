import type { FailureRule } from '../failures'

/** The error table of aivideoapi.ai (PROVIDERS.md §4.3); first fit wins. */
export const aiVideoApiFailures: readonly FailureRule[] = [
  { code: 'invalid_request', kind: 'invalid-input', action: 'none', text: 'input_parameter' },
  { code: 'invalid_api_key', kind: 'auth', action: 'enter-key', text: 'auth_key-refused' },
  { code: 'insufficient_credits', kind: 'billing', action: 'top-up', text: 'billing_credits' },
  { code: 'ip_not_allowed', kind: 'auth', action: 'enter-key', text: 'auth_ip' },
  { code: 'model_not_found', kind: 'invalid-input', action: 'enter-key', text: 'input_model' },
  { code: 'task_not_found', kind: 'gone', action: 'none', text: 'gone_task' },
  { code: 'rate_limit_exceeded', kind: 'rate-limit', action: 'wait', text: 'rate_limited' },
  { code: 'spend_limit_exceeded', kind: 'billing', action: 'top-up', text: 'billing_key-limit' },
  { code: 'internal_error', kind: 'temporary', action: 'try-again', text: 'temporary_service' },
  { code: 'upstream_error', kind: 'temporary', action: 'try-again', text: 'temporary_service' },
]

/**
 * Before the table for creates and for tasks that failed: there `upstream_error` is an end, and moderation or a
 * parameter may be behind it. Asking about a task with it is worth repeating, sending the same edit is not.
 */
export const upstreamRefused: readonly FailureRule[] = [
  { code: 'upstream_error', kind: 'unknown', action: 'change-prompt', text: 'unknown_upstream' },
]
