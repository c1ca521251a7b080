import { dashScopeFailures } from '../dashscope/failures'
import type { FailureRule } from '../failures'

/** Messages of such gateways for an account or a key without money, which also come with a 429. */
const noMoney =
  /insufficient|balance|not enough|(quota|limit)\s+(is\s+)?(exhausted|used up|exceeded)|pre-?consum|余额|额度不足|额度已用尽|欠费|预扣费/i

const sensitive =
  /sensitive|moderation|inappropriate|content (policy|safety)|prohibited|敏感|违规|审核/i

/** APIYI's errors (docs/providers/apiyi.md, "Errors"), then those of the service behind it; the first match wins. */
export const apiyiFailures: readonly FailureRule[] = [
  { code: '*', message: noMoney, status: 429, text: 'billing_credits' },
  { code: '*', message: noMoney, status: 403, text: 'billing_credits' },
  { code: '*', status: 402, text: 'billing_credits' },
  { code: ['insufficient_user_quota', 'insufficient_quota'], text: 'billing_credits' },
  { code: '*', message: /no available channel|无可用渠道/i, text: 'auth_channel' },
  { code: '*', status: 401, text: 'auth_key-refused' },
  {
    code: '*',
    message: /missing\s+(video|reference_image|["'`]?reference)|Field required: input\.media/i,
    text: 'input_reference-missing',
  },
  { code: 'InvalidImageUrl', text: 'temporary_fetch' },
  { code: '*', message: sensitive, text: 'moderation_content' },
  { code: ['parse_request_failed', 'build_request_failed'], text: 'input_parameter' },
  { code: 'task_not_exist', text: 'gone_task' },
  { code: 'rate_limit_exceeded', text: 'rate_limited' },
  ...dashScopeFailures,
  { code: 'task_error', status: 400, text: 'input_parameter' },
]
