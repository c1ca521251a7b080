import type { FailureRule } from '../failures'

/** The errors of aivideoapi.ai (docs/providers/aivideoapi.md, "Errors"); the first match wins. */
export const aiVideoApiFailures: readonly FailureRule[] = [
  { code: 'invalid_request', text: 'input_parameter' },
  { code: 'invalid_api_key', text: 'auth_key-refused' },
  { code: 'insufficient_credits', text: 'billing_credits' },
  { code: 'ip_not_allowed', text: 'auth_ip' },
  { code: 'model_not_found', text: 'input_model' },
  { code: 'task_not_found', text: 'gone_task' },
  { code: 'rate_limit_exceeded', text: 'rate_limited' },
  { code: 'spend_limit_exceeded', text: 'billing_key-limit' },
  { code: ['internal_error', 'upstream_error'], text: 'temporary_service' },
]

/**
 * Comes before the table for creates and failed tasks, where `upstream_error` is final and may mean moderation or a
 * wrong parameter. Repeating a query after it makes sense, sending the same edit again does not.
 */
export const upstreamRefused: readonly FailureRule[] = [
  { code: 'upstream_error', text: 'unknown_upstream' },
]
