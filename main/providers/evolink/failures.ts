import type { FailureRule } from '../failures'

/** EvoLink's codes: of refused calls, then of failed tasks (PROVIDERS.md §2.3); first fit wins. */
export const evoLinkFailures: readonly FailureRule[] = [
  { code: 'unauthorized', kind: 'auth', action: 'enter-key', text: 'auth_key-refused' },
  { code: 'key_disabled', kind: 'auth', action: 'enter-key', text: 'auth_key-disabled' },
  { code: 'key_expired', kind: 'auth', action: 'enter-key', text: 'auth_key-disabled' },
  {
    code: 'key_model_not_allowed',
    kind: 'auth',
    action: 'enter-key',
    text: 'auth_access-denied',
  },
  { code: 'model_access_denied', kind: 'auth', action: 'enter-key', text: 'auth_access-denied' },
  { code: 'permission_denied', kind: 'auth', action: 'enter-key', text: 'auth_access-denied' },

  { code: 'insufficient_quota', kind: 'billing', action: 'top-up', text: 'billing_credits' },
  { code: 'insufficient_user_quota', kind: 'billing', action: 'top-up', text: 'billing_credits' },
  {
    code: 'insufficient_token_quota',
    kind: 'billing',
    action: 'top-up',
    text: 'billing_key-limit',
  },
  {
    code: 'token_daily_quota_exceeded',
    kind: 'billing',
    action: 'top-up',
    text: 'billing_key-limit',
  },
  // Of a task that was taken it means that the service had no room; of a refused call, money.
  { code: 'quota_exceeded', status: null, kind: 'rate-limit', action: 'wait', text: 'rate_quota' },
  { code: 'quota_exceeded', kind: 'billing', action: 'top-up', text: 'billing_credits' },
  { code: '*', status: 402, kind: 'billing', action: 'top-up', text: 'billing_credits' },

  {
    code: 'content_policy_violation',
    kind: 'moderation',
    action: 'change-prompt',
    text: 'moderation_content',
  },

  { code: 'invalid_request', kind: 'invalid-input', action: 'none', text: 'input_parameter' },
  { code: 'invalid_parameters', kind: 'invalid-input', action: 'none', text: 'input_parameter' },
  { code: 'invalid_task_id', kind: 'gone', action: 'none', text: 'gone_task' },
  { code: 'task_not_found', kind: 'gone', action: 'none', text: 'gone_task' },
  {
    code: 'image_processing_error',
    kind: 'invalid-input',
    action: 'fix-file',
    text: 'input_media-unreadable',
  },
  {
    code: 'image_dimension_mismatch',
    kind: 'invalid-input',
    action: 'fix-file',
    text: 'input_file-resolution',
  },
  {
    code: 'video_probe_failed',
    kind: 'invalid-input',
    action: 'fix-file',
    text: 'input_media-unreadable',
  },
  { code: 'request_cancelled', kind: 'unknown', action: 'try-again', text: 'temporary_cancelled' },

  { code: 'rate_limit_exceeded', kind: 'rate-limit', action: 'wait', text: 'rate_limited' },
  { code: 'resource_exhausted', kind: 'rate-limit', action: 'wait', text: 'rate_quota' },

  {
    code: 'generation_timeout',
    kind: 'temporary',
    action: 'try-again',
    text: 'temporary_timeout',
  },
  {
    code: 'generation_failed_no_content',
    kind: 'temporary',
    action: 'try-again',
    text: 'temporary_no-content',
  },
  { code: 'resource_not_found', kind: 'temporary', action: 'try-again', text: 'temporary_fetch' },
  { code: 'internal_error', kind: 'temporary', action: 'try-again', text: 'temporary_service' },
  { code: 'upstream_error', kind: 'temporary', action: 'try-again', text: 'temporary_service' },
  { code: 'service_error', kind: 'temporary', action: 'try-again', text: 'temporary_service' },
  {
    code: 'service_unavailable',
    kind: 'temporary',
    action: 'try-again',
    text: 'temporary_service',
  },
  {
    code: 'no_available_channel',
    kind: 'temporary',
    action: 'try-again',
    text: 'temporary_service',
  },
  { code: 'model_unavailable', kind: 'temporary', action: 'try-again', text: 'temporary_service' },
  { code: 'unknown_error', kind: 'temporary', action: 'try-again', text: 'temporary_service' },
]
