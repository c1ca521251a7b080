import type { FailureRule } from '../failures'

/** DashScope's error codes (docs/providers/dashscope.md, "Errors"), for refused calls and failed tasks; the first match wins. */
export const dashScopeFailures: readonly FailureRule[] = [
  { code: 'InvalidParameter', message: /model not exist/i, text: 'input_model' },
  {
    code: 'InvalidParameter',
    message: /url error|url does not appear to be valid/i,
    text: 'input_url',
  },
  { code: 'InvalidParameter.DataInspection', text: 'input_media-unreadable' },
  { code: 'invalid_parameter_error', message: /url/i, text: 'input_url' },
  { code: ['InvalidParameter', 'invalid_parameter_error'], text: 'input_parameter' },

  { code: ['InvalidURL.ConnectionRefused', 'InvalidURL.Timeout'], text: 'temporary_fetch' },
  { code: 'InvalidURL', text: 'input_url' },

  { code: 'InvalidFile.Size', text: 'input_file-size' },
  { code: 'InvalidFile.Duration', text: 'input_file-duration' },
  { code: 'InvalidFile.Resolution', text: 'input_file-resolution' },
  { code: 'InvalidFile.FPS', text: 'input_file-frame-rate' },
  { code: 'InvalidFile.AspectRatio', text: 'input_file-aspect' },
  { code: 'InvalidFile.Openerror', text: 'input_file-unopenable' },
  { code: 'InvalidFile.DownloadFailed', text: 'input_file-download' },
  { code: 'InvalidFile', text: 'input_file-format' },

  { code: ['DataInspectionFailed', 'data_inspection_failed'], text: 'moderation_content' },
  { code: 'IPInfringementSuspect', text: 'moderation_rights' },

  { code: ['Arrearage', 'PrepaidBillOverdue', 'PostpaidBillOverdue'], text: 'billing_arrears' },
  { code: ['CommodityNotPurchased', 'AccessDenied.Unpurchased'], text: 'billing_not-purchased' },
  { code: 'AllocationQuota.FreeTierOnly', text: 'billing_quota' },

  { code: 'UnsupportedOperation', text: 'input_unsupported' },

  { code: 'InvalidApiKey', text: 'auth_key-refused' },
  {
    code: ['NOT AUTHORIZED', 'Workspace.AccessDenied', 'WorkSpaceNotFound'],
    text: 'auth_workspace',
  },
  {
    code: 'AccessDenied',
    message: /synchronous/i,
    kind: 'unknown',
    action: 'contact-provider',
    text: 'input_unsupported',
  },
  { code: ['AccessDenied', 'Model.AccessDenied'], text: 'auth_access-denied' },
  { code: 'ModelNotFound', text: 'input_model' },

  { code: 'Throttling.AllocationQuota', text: 'rate_quota' },
  { code: 'Throttling', text: 'rate_limited' },

  { code: ['InternalError.Timeout', 'RequestTimeOut'], text: 'temporary_timeout' },
  {
    code: [
      'InternalError',
      'SystemError',
      'ModelServiceFailed',
      'ModelUnavailable',
      'ModelServingError',
    ],
    text: 'temporary_service',
  },
]
