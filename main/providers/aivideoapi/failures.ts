import type { FailureRule } from '../failures'

/** The errors of aivideoapi.ai (docs/providers/aivideoapi.md, "Errors"); the first match wins. */
export const aiVideoApiFailures: readonly FailureRule[] = [
  { code: 'invalid_request', kind: 'invalid-input', action: 'none', text: 'input_parameter' },
  { code: 'invalid_api_key', kind: 'auth', action: 'enter-key', text: 'auth_key-refused' },
  { code: 'insufficient_credits', kind: 'billing', action: 'top-up', text: 'billing_credits' },
  { code: 'ip_not_allowed', kind: 'auth', action: 'enter-key', text: 'auth_ip' },
  { code: 'model_not_found', kind: 'invalid-input', action: 'enter-key', text: 'input_model' },
  { code: 'task_not_found', kind: 'gone', action: 'none', text: 'gone_task' },
  { code: 'rate_limit_exceeded', kind: 'rate-limit', action: 'wait', text: 'rate_limited' },
  { code: 'spend_limit_exceeded', kind: 'billing', action: 'top-up', text: 'billing_key-limit' },
  {
    code: ['internal_error', 'upstream_error'],
    kind: 'temporary',
    action: 'try-again',
    text: 'temporary_service',
  },
]

/**
 * Comes before the table for creates and failed tasks, where `upstream_error` is final and may mean moderation or a
 * wrong parameter. Repeating a query after it makes sense, sending the same edit again does not.
 */
export const upstreamRefused: readonly FailureRule[] = [
  { code: 'upstream_error', kind: 'unknown', action: 'change-prompt', text: 'unknown_upstream' },
]
