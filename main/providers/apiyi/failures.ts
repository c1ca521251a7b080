import { dashScopeFailures } from '../dashscope/failures'
import type { FailureRule } from '../failures'

/** Messages of such gateways for an account or a key without money, which also come with a 429. */
const noMoney =
  /insufficient|balance|not enough|(quota|limit)\s+(is\s+)?(exhausted|used up|exceeded)|pre-?consum|余额|额度不足|额度已用尽|欠费|预扣费/i

const sensitive =
  /sensitive|moderation|inappropriate|content (policy|safety)|prohibited|敏感|违规|审核/i

/** APIYI's errors (docs/providers/apiyi.md, "Errors"), then those of the service behind it; the first match wins. */
export const apiyiFailures: readonly FailureRule[] = [
  {
    code: '*',
    message: noMoney,
    status: 429,
    kind: 'billing',
    action: 'top-up',
    text: 'billing_credits',
  },
  {
    code: '*',
    message: noMoney,
    status: 403,
    kind: 'billing',
    action: 'top-up',
    text: 'billing_credits',
  },
  { code: '*', status: 402, kind: 'billing', action: 'top-up', text: 'billing_credits' },
  {
    code: ['insufficient_user_quota', 'insufficient_quota'],
    kind: 'billing',
    action: 'top-up',
    text: 'billing_credits',
  },
  {
    code: '*',
    message: /no available channel|无可用渠道/i,
    kind: 'auth',
    action: 'enter-key',
    text: 'auth_channel',
  },
  { code: '*', status: 401, kind: 'auth', action: 'enter-key', text: 'auth_key-refused' },
  {
    code: '*',
    message: /missing\s+(video|reference_image|["'`]?reference)|Field required: input\.media/i,
    kind: 'invalid-input',
    action: 'fix-file',
    text: 'input_reference-missing',
  },
  { code: 'InvalidImageUrl', kind: 'temporary', action: 'try-again', text: 'temporary_fetch' },
  {
    code: '*',
    message: sensitive,
    kind: 'moderation',
    action: 'change-prompt',
    text: 'moderation_content',
  },
  {
    code: ['parse_request_failed', 'build_request_failed'],
    kind: 'invalid-input',
    action: 'none',
    text: 'input_parameter',
  },
  { code: 'task_not_exist', kind: 'gone', action: 'none', text: 'gone_task' },
  { code: 'rate_limit_exceeded', kind: 'rate-limit', action: 'wait', text: 'rate_limited' },
  ...dashScopeFailures,
  {
    code: 'task_error',
    status: 400,
    kind: 'invalid-input',
    action: 'none',
    text: 'input_parameter',
  },
]
