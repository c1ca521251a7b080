import type { FailureRule } from '../failures'

/** EvoLink's error codes (docs/providers/evolink.md, "Errors"), for refused calls and failed tasks; the first match wins. */
export const evoLinkFailures: readonly FailureRule[] = [
  { code: 'unauthorized', text: 'auth_key-refused' },
  { code: ['key_disabled', 'key_expired'], text: 'auth_key-disabled' },
  {
    code: ['key_model_not_allowed', 'model_access_denied', 'permission_denied'],
    text: 'auth_access-denied',
  },

  // In a failed task the code means that the service had no capacity, in a refused call that money is missing.
  { code: 'quota_exceeded', status: null, text: 'rate_quota' },
  {
    code: ['insufficient_quota', 'insufficient_user_quota', 'quota_exceeded'],
    text: 'billing_credits',
  },
  { code: ['insufficient_token_quota', 'token_daily_quota_exceeded'], text: 'billing_key-limit' },
  { code: '*', status: 402, text: 'billing_credits' },

  { code: 'content_policy_violation', text: 'moderation_content' },

  { code: ['invalid_request', 'invalid_parameters'], text: 'input_parameter' },
  { code: ['invalid_task_id', 'task_not_found'], text: 'gone_task' },
  { code: ['image_processing_error', 'video_probe_failed'], text: 'input_media-unreadable' },
  { code: 'image_dimension_mismatch', text: 'input_file-resolution' },
  { code: 'request_cancelled', text: 'temporary_cancelled' },

  { code: 'rate_limit_exceeded', text: 'rate_limited' },
  { code: 'resource_exhausted', text: 'rate_quota' },

  { code: 'generation_timeout', text: 'temporary_timeout' },
  { code: 'generation_failed_no_content', text: 'temporary_no-content' },
  { code: 'resource_not_found', text: 'temporary_fetch' },
  {
    code: [
      'internal_error',
      'upstream_error',
      'service_error',
      'service_unavailable',
      'no_available_channel',
      'model_unavailable',
      'unknown_error',
    ],
    text: 'temporary_service',
  },
]
