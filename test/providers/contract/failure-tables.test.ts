import { describe, expect, test } from 'vitest'
import { aiVideoApiFailures, upstreamRefused } from '../../../main/providers/aivideoapi/failures'
import { apiyiRefusal, apiyiStatus, taskAnswer } from '../../../main/providers/apiyi/answers'
import { apiyiFailures } from '../../../main/providers/apiyi/failures'
import { evoLinkFailures } from '../../../main/providers/evolink/failures'
import { type FailureRule, failureOf, mayPass } from '../../../main/providers/failures'

type Row = [
  status: number | null,
  code: string,
  message: string,
  kind: string,
  action: string,
  passes: boolean,
]

const judge = (rules: readonly FailureRule[], [httpStatus, code, message]: Row) =>
  failureOf({ httpStatus, code, message, requestId: 'r-1' }, rules)

const holds = (rules: readonly FailureRule[], row: Row) => {
  const failure = judge(rules, row)
  expect([failure.kind, failure.action, mayPass(failure)]).toEqual(row.slice(3))
  expect(failure.provider).toEqual({
    code: row[1],
    message: row[2],
    requestId: 'r-1',
    httpStatus: row[0],
  })
}

/** docs/providers/evolink.md, "Errors": every code. */
const evoLink: Row[] = [
  [400, 'invalid_request', '', 'invalid-input', 'none', false],
  [400, 'invalid_task_id', '', 'gone', 'none', false],
  [401, 'unauthorized', '', 'auth', 'enter-key', false],
  [402, 'insufficient_quota', '', 'billing', 'top-up', false],
  [402, 'quota_exceeded', '', 'billing', 'top-up', false],
  [402, 'something new', '', 'billing', 'top-up', false],
  [429, 'quota_exceeded', '', 'billing', 'top-up', false],
  [400, 'quota_exceeded', '', 'billing', 'top-up', false],
  [null, 'quota_exceeded', '', 'rate-limit', 'wait', true],
  [403, 'model_access_denied', '', 'auth', 'enter-key', false],
  [403, 'permission_denied', '', 'auth', 'enter-key', false],
  [404, 'task_not_found', '', 'gone', 'none', false],
  [413, '', '', 'invalid-input', 'fix-file', false],
  [429, 'rate_limit_exceeded', '', 'rate-limit', 'wait', true],
  [500, 'internal_error', '', 'temporary', 'try-again', true],
  [502, 'upstream_error', '', 'temporary', 'try-again', true],
  [503, 'service_unavailable', '', 'temporary', 'try-again', true],
  [403, 'insufficient_user_quota', '', 'billing', 'top-up', false],
  [403, 'insufficient_token_quota', '', 'billing', 'top-up', false],
  [429, 'token_daily_quota_exceeded', '', 'billing', 'top-up', false],
  [403, 'key_disabled', '', 'auth', 'enter-key', false],
  [403, 'key_expired', '', 'auth', 'enter-key', false],
  [403, 'key_model_not_allowed', '', 'auth', 'enter-key', false],
  [503, 'no_available_channel', '', 'temporary', 'try-again', true],
  [503, 'model_unavailable', '', 'temporary', 'try-again', true],
  [null, 'content_policy_violation', 'no', 'moderation', 'change-prompt', false],
  [null, 'invalid_parameters', '', 'invalid-input', 'none', false],
  [null, 'image_processing_error', '', 'invalid-input', 'fix-file', false],
  [null, 'image_dimension_mismatch', '', 'invalid-input', 'fix-file', false],
  [null, 'video_probe_failed', '', 'invalid-input', 'fix-file', false],
  [null, 'request_cancelled', '', 'unknown', 'try-again', false],
  [null, 'generation_failed_no_content', '', 'temporary', 'try-again', true],
  [null, 'service_error', '', 'temporary', 'try-again', true],
  [null, 'generation_timeout', '', 'temporary', 'try-again', true],
  [null, 'resource_exhausted', '', 'rate-limit', 'wait', true],
  [null, 'service_unavailable', '', 'temporary', 'try-again', true],
  [null, 'resource_not_found', '', 'temporary', 'try-again', true],
  [null, 'unknown_error', '', 'temporary', 'try-again', true],
]

/** docs/providers/aivideoapi.md, "Errors": the whole table. */
const aiVideoApi: Row[] = [
  [400, 'invalid_request', "'model' is required.", 'invalid-input', 'none', false],
  [401, 'invalid_api_key', '', 'auth', 'enter-key', false],
  [402, 'insufficient_credits', '', 'billing', 'top-up', false],
  [403, 'ip_not_allowed', '', 'auth', 'enter-key', false],
  [404, 'model_not_found', '', 'invalid-input', 'enter-key', false],
  [404, 'task_not_found', '', 'gone', 'none', false],
  [429, 'rate_limit_exceeded', '', 'rate-limit', 'wait', true],
  [429, 'spend_limit_exceeded', '', 'billing', 'top-up', false],
  [500, 'internal_error', '', 'temporary', 'try-again', true],
  [503, 'upstream_error', '', 'temporary', 'try-again', true],
]

/** docs/providers/apiyi.md, "Errors"; the codes of the service behind it are in DashScope's table. */
const apiyi: Row[] = [
  [400, 'parse_request_failed', '', 'invalid-input', 'none', false],
  [400, 'build_request_failed', '', 'invalid-input', 'none', false],
  [400, 'task_error', '', 'invalid-input', 'none', false],
  [401, 'invalid_token', '', 'auth', 'enter-key', false],
  [403, 'x', 'sensitive words detected', 'moderation', 'change-prompt', false],
  [403, 'x', 'this group may not use the model', 'auth', 'enter-key', false],
  [403, 'x', 'user quota is not enough', 'billing', 'top-up', false],
  [403, 'x', '预扣费额度失败, 用户剩余额度: 0', 'billing', 'top-up', false],
  [429, 'x', 'Rate limit reached, slow down', 'rate-limit', 'wait', true],
  [429, 'x', 'Your account balance is too low', 'billing', 'top-up', false],
  [429, 'x', '该令牌额度已用尽', 'billing', 'top-up', false],
  [503, 'x', 'no available channel for model', 'auth', 'enter-key', false],
  [500, 'x', 'missing video / reference_image', 'invalid-input', 'fix-file', false],
  [400, 'InvalidParameter', 'Field required: input.media', 'invalid-input', 'fix-file', false],
  [500, 'x', 'panic', 'temporary', 'try-again', true],
  [null, 'InvalidParameter', '[InvalidParameter] bad', 'invalid-input', 'none', false],
  [null, 'InvalidImageUrl', '[InvalidImageUrl] no', 'temporary', 'try-again', true],
  [null, 'DataInspectionFailed', '', 'moderation', 'change-prompt', false],
  [null, 'x', '内容包含敏感信息', 'moderation', 'change-prompt', false],
]

describe.each([
  ['evolink', evoLinkFailures, evoLink],
  ['aivideoapi', aiVideoApiFailures, aiVideoApi],
  ['apiyi', apiyiFailures, apiyi],
] as const)('%s', (_, rules, rows) => {
  test.each(rows)('%j %s (%s) is %s, %s', (...row) => holds(rules, row))
})

test('a refusal of the service behind the gateway is not repeated automatically', () => {
  const row: Row = [503, 'upstream_error', '', 'unknown', 'change-prompt', false]
  holds([...upstreamRefused, ...aiVideoApiFailures], row)
})

/** The shape of APIYI's errors is not documented, so every shape that such gateways use is read. */
test.each([
  [{ error: { message: 'm', type: 'new_api_error', code: 'c' } }, 'c', 'm'],
  [
    { error: { message: '[InvalidParameter] m', type: 't', code: 'task_error' } },
    'InvalidParameter',
    '[InvalidParameter] m',
  ],
  [
    { error: { message: 'm', type: 'parse_request_failed', code: null } },
    'parse_request_failed',
    'm',
  ],
  [{ code: 'c', message: 'm', type: 't' }, 'c', 'm'],
  [
    { code: 400, message: '[InvalidImageUrl] cannot download' },
    'InvalidImageUrl',
    '[InvalidImageUrl] cannot download',
  ],
  [{ code: 'c', message: 'm', request_id: 'r-9' }, 'c', 'm'],
  [{ error: { message: 'm', type: 't', code: 'task_error' } }, 't', 'm'],
  [{ error: { message: 'm', type: 'upstream_error', code: '500' } }, '500', 'm'],
  [{ error: { message: 'm', type: 'null', code: null } }, 'null', 'm'],
  [{ error: { message: 'm', code: 'bad_response_status_code', type: 'own' } }, 'own', 'm'],
  [{ error: { message: 'm', code: 'my_task_error', type: 't' } }, 'my_task_error', 'm'],
  [{ error: { message: 'm', code: 'task_error_2', type: 't' } }, 'task_error_2', 'm'],
  [{ code: 'c', message: 'see [Other]' }, 'c', 'see [Other]'],
  [{ message: '  [In-side.1] m' }, 'In-side.1', '  [In-side.1] m'],
  [{ code: 'c', message: '[not one]' }, 'c', '[not one]'],
  [{ error: { message: 'inner' }, code: 'c', message: 'outer', type: 't' }, 'c', 'inner'],
  [{ error: { code: 'inner' }, message: 'outer' }, 'inner', 'outer'],
  [{ code: 'only' }, 'only', null],
  [{ error: 'only words' }, null, 'only words'],
  [
    { error: null, fail_reason: '[InvalidParameter] no' },
    'InvalidParameter',
    '[InvalidParameter] no',
  ],
])('%j is understood', (body, code, message) => {
  expect(apiyiRefusal(body)).toMatchObject({ code, message })
})

test.each([
  [{ code: 'c', request_id: 'r-9' }, 'r-9'],
  [{ error: { code: 'c', request_id: 'r-8' } }, 'r-8'],
  [{ error: { code: 'c', request_id: 'r-8' }, request_id: 'r-9' }, 'r-9'],
  [{ error: { code: 'c' } }, null],
  [{ error: 'words' }, null],
  [{ code: 'c' }, null],
])('%j has the request id %j', (body, requestId) => {
  expect(apiyiRefusal(body)?.requestId).toBe(requestId)
})

test.each([
  ['submitted', 'pending'],
  ['queued', 'pending'],
  ['pending', 'pending'],
  ['in_progress', 'running'],
  ['processing', 'running'],
  ['running', 'running'],
  ['completed', 'succeeded'],
  ['succeeded', 'succeeded'],
  ['SUCCESS', 'succeeded'],
  ['failed', 'failed'],
  ['failure', 'failed'],
  ['canceled', 'cancelled'],
  ['cancelled', 'cancelled'],
])('the gateway’s state %s is %s', (status, expected) => {
  const result_url = 'https://h.example/o.mp4'
  const answer = { status, progress: '40%', result_url, request_id: 'r-1' }
  const found = apiyiStatus(taskAnswer.parse(answer))
  expect(found).toMatchObject({ status: expected, requestId: 'r-1' })
  if (found.status === 'running') expect(found.progress).toBe(0.4)
  const behind = { output: { task_status: status, video_url: result_url }, request_id: 'r-1' }
  expect(apiyiStatus(taskAnswer.parse(behind))).toMatchObject({
    status: expected,
    requestId: 'r-1',
    ...(expected === 'succeeded' ? { resultUrl: result_url } : {}),
  })
})

test.each([[undefined], ['text'], [[]], [{}], [{ output: { task_id: '1' } }]])(
  '%j refuses nothing',
  (body) => {
    expect(apiyiRefusal(body)).toBeNull()
  },
)
