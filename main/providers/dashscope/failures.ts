import type { FailureRule } from '../failures'

/** DashScope's error codes (docs/providers/dashscope.md, "Errors"), for refused calls and failed tasks; the first match wins. */
export const dashScopeFailures: readonly FailureRule[] = [
  {
    code: 'InvalidParameter',
    message: /model not exist/i,
    kind: 'invalid-input',
    action: 'enter-key',
    text: 'input_model',
  },
  {
    code: 'InvalidParameter',
    message: /url error|url does not appear to be valid/i,
    kind: 'invalid-input',
    action: 'try-again',
    text: 'input_url',
  },
  {
    code: 'InvalidParameter.DataInspection',
    kind: 'invalid-input',
    action: 'fix-file',
    text: 'input_media-unreadable',
  },
  {
    code: 'invalid_parameter_error',
    message: /url/i,
    kind: 'invalid-input',
    action: 'try-again',
    text: 'input_url',
  },
  {
    code: ['InvalidParameter', 'invalid_parameter_error'],
    kind: 'invalid-input',
    action: 'none',
    text: 'input_parameter',
  },

  {
    code: ['InvalidURL.ConnectionRefused', 'InvalidURL.Timeout'],
    kind: 'temporary',
    action: 'try-again',
    text: 'temporary_fetch',
  },
  { code: 'InvalidURL', kind: 'invalid-input', action: 'try-again', text: 'input_url' },

  { code: 'InvalidFile.Size', kind: 'invalid-input', action: 'fix-file', text: 'input_file-size' },
  {
    code: 'InvalidFile.Duration',
    kind: 'invalid-input',
    action: 'fix-file',
    text: 'input_file-duration',
  },
  {
    code: 'InvalidFile.Resolution',
    kind: 'invalid-input',
    action: 'fix-file',
    text: 'input_file-resolution',
  },
  {
    code: 'InvalidFile.FPS',
    kind: 'invalid-input',
    action: 'fix-file',
    text: 'input_file-frame-rate',
  },
  {
    code: 'InvalidFile.AspectRatio',
    kind: 'invalid-input',
    action: 'fix-file',
    text: 'input_file-aspect',
  },
  {
    code: 'InvalidFile.Openerror',
    kind: 'invalid-input',
    action: 'fix-file',
    text: 'input_file-unopenable',
  },
  {
    code: 'InvalidFile.DownloadFailed',
    kind: 'invalid-input',
    action: 'try-again',
    text: 'input_file-download',
  },
  { code: 'InvalidFile', kind: 'invalid-input', action: 'fix-file', text: 'input_file-format' },

  {
    code: ['DataInspectionFailed', 'data_inspection_failed'],
    kind: 'moderation',
    action: 'change-prompt',
    text: 'moderation_content',
  },
  {
    code: 'IPInfringementSuspect',
    kind: 'moderation',
    action: 'change-prompt',
    text: 'moderation_rights',
  },

  {
    code: ['Arrearage', 'PrepaidBillOverdue', 'PostpaidBillOverdue'],
    kind: 'billing',
    action: 'top-up',
    text: 'billing_arrears',
  },
  {
    code: ['CommodityNotPurchased', 'AccessDenied.Unpurchased'],
    kind: 'billing',
    action: 'top-up',
    text: 'billing_not-purchased',
  },
  {
    code: 'AllocationQuota.FreeTierOnly',
    kind: 'billing',
    action: 'top-up',
    text: 'billing_quota',
  },

  {
    code: 'UnsupportedOperation',
    kind: 'invalid-input',
    action: 'none',
    text: 'input_unsupported',
  },

  { code: 'InvalidApiKey', kind: 'auth', action: 'enter-key', text: 'auth_key-refused' },
  {
    code: ['NOT AUTHORIZED', 'Workspace.AccessDenied', 'WorkSpaceNotFound'],
    kind: 'auth',
    action: 'enter-key',
    text: 'auth_workspace',
  },
  {
    code: 'AccessDenied',
    message: /synchronous/i,
    kind: 'unknown',
    action: 'contact-provider',
    text: 'input_unsupported',
  },
  {
    code: ['AccessDenied', 'Model.AccessDenied'],
    kind: 'auth',
    action: 'enter-key',
    text: 'auth_access-denied',
  },
  { code: 'ModelNotFound', kind: 'invalid-input', action: 'enter-key', text: 'input_model' },

  { code: 'Throttling.AllocationQuota', kind: 'rate-limit', action: 'wait', text: 'rate_quota' },
  { code: 'Throttling', kind: 'rate-limit', action: 'wait', text: 'rate_limited' },

  {
    code: ['InternalError.Timeout', 'RequestTimeOut'],
    kind: 'temporary',
    action: 'try-again',
    text: 'temporary_timeout',
  },
  {
    code: [
      'InternalError',
      'SystemError',
      'ModelServiceFailed',
      'ModelUnavailable',
      'ModelServingError',
    ],
    kind: 'temporary',
    action: 'try-again',
    text: 'temporary_service',
  },
]
