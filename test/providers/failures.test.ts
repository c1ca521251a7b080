import { expect, test } from 'vitest'
import { dashScopeFailures } from '../../main/providers/dashscope/failures'
import { type FailureRule, failureOf, failureTexts, mayPass } from '../../main/providers/failures'
import {
  abortError,
  networkFailure,
  retryAfterOf,
} from '../../main/providers/http/network-failures'
import { sharedTexts } from '../../preload/contract/language'

const judge = (httpStatus: number | null, code: string, message = '') =>
  failureOf({ httpStatus, code, message, requestId: 'r-1' }, dashScopeFailures)

/** Every code of docs/providers/dashscope.md, "Errors", with what a person can do and whether waiting may help. */
test.each([
  [400, 'InvalidParameter', '', 'invalid-input', 'none', false],
  [400, 'InvalidParameter', 'Model not exist.', 'invalid-input', 'enter-key', false],
  [400, 'InvalidParameter', 'url error, please check url!', 'invalid-input', 'try-again', false],
  [400, 'InvalidParameter.DataInspection', '', 'invalid-input', 'fix-file', false],
  [
    400,
    'invalid_parameter_error',
    'provided URL does not appear to be valid',
    'invalid-input',
    'try-again',
    false,
  ],
  [400, 'InvalidURL', '', 'invalid-input', 'try-again', false],
  [400, 'InvalidURL.ConnectionRefused', '', 'temporary', 'try-again', true],
  [400, 'InvalidURL.Timeout', '', 'temporary', 'try-again', true],
  [400, 'InvalidFile.Size', '', 'invalid-input', 'fix-file', false],
  [400, 'InvalidFile.Duration', '', 'invalid-input', 'fix-file', false],
  [400, 'InvalidFile.Resolution', '', 'invalid-input', 'fix-file', false],
  [400, 'InvalidFile.FPS', '', 'invalid-input', 'fix-file', false],
  [400, 'InvalidFile.AspectRatio', '', 'invalid-input', 'fix-file', false],
  [400, 'InvalidFile.Format', '', 'invalid-input', 'fix-file', false],
  [400, 'InvalidFile.Openerror', '', 'invalid-input', 'fix-file', false],
  [400, 'InvalidFile.DownloadFailed', '', 'invalid-input', 'try-again', false],
  [400, 'DataInspectionFailed', '', 'moderation', 'change-prompt', false],
  [400, 'data_inspection_failed', '', 'moderation', 'change-prompt', false],
  [400, 'IPInfringementSuspect', '', 'moderation', 'change-prompt', false],
  [400, 'Arrearage', '', 'billing', 'top-up', false],
  [400, 'UnsupportedOperation', '', 'invalid-input', 'none', false],
  [401, 'InvalidApiKey', '', 'auth', 'enter-key', false],
  [401, 'NOT AUTHORIZED', '', 'auth', 'enter-key', false],
  [
    403,
    'AccessDenied',
    'current user api does not support synchronous calls.',
    'unknown',
    'contact-provider',
    false,
  ],
  [403, 'AccessDenied', '', 'auth', 'enter-key', false],
  [403, 'AccessDenied.Unpurchased', '', 'billing', 'top-up', false],
  [403, 'Model.AccessDenied', '', 'auth', 'enter-key', false],
  [403, 'Workspace.AccessDenied', '', 'auth', 'enter-key', false],
  [403, 'AllocationQuota.FreeTierOnly', '', 'billing', 'top-up', false],
  [404, 'ModelNotFound', '', 'invalid-input', 'enter-key', false],
  [404, 'WorkSpaceNotFound', '', 'auth', 'enter-key', false],
  [429, 'Throttling', '', 'rate-limit', 'wait', true],
  [429, 'Throttling.RateQuota', '', 'rate-limit', 'wait', true],
  [429, 'Throttling.BurstRate', '', 'rate-limit', 'wait', true],
  [429, 'Throttling.AllocationQuota', '', 'rate-limit', 'wait', true],
  [429, 'CommodityNotPurchased', '', 'billing', 'top-up', false],
  [429, 'PrepaidBillOverdue', '', 'billing', 'top-up', false],
  [429, 'PostpaidBillOverdue', '', 'billing', 'top-up', false],
  [500, 'InternalError', '', 'temporary', 'try-again', true],
  [500, 'InternalError.Timeout', '', 'temporary', 'try-again', true],
  [500, 'SystemError', '', 'temporary', 'try-again', true],
  [500, 'ModelServiceFailed', '', 'temporary', 'try-again', true],
  [500, 'RequestTimeOut', '', 'temporary', 'try-again', true],
  [503, 'ModelUnavailable', '', 'temporary', 'try-again', true],
  [503, 'ModelServingError', '', 'temporary', 'try-again', true],
])('%i %s (%s) is %s, %s', (status, code, message, kind, action, passes) => {
  for (const failure of [judge(status, code, message), judge(null, code, message)]) {
    expect([failure.kind, failure.action, mayPass(failure)]).toEqual([kind, action, passes])
    expect(failure.provider).toMatchObject({ code, message, requestId: 'r-1' })
    expect(failure.text.key.replace('failure.', '')).toSatisfy(
      (key: string) => key in sharedTexts.en.failure,
    )
  }
})

test.each([
  [299, 'unknown_code', 'unknown', 'contact-provider'],
  [300, 'answer_redirect', 'unknown', 'none'],
  [399, 'answer_redirect', 'unknown', 'none'],
  [400, 'input_parameter', 'invalid-input', 'none'],
  [401, 'auth_key-refused', 'auth', 'enter-key'],
  [402, 'billing_arrears', 'billing', 'top-up'],
  [403, 'auth_access-denied', 'auth', 'enter-key'],
  [404, 'unknown_code', 'gone', 'none'],
  [408, 'temporary_timeout', 'temporary', 'try-again'],
  [410, 'unknown_code', 'gone', 'none'],
  [413, 'input_file-size', 'invalid-input', 'fix-file'],
  [418, 'unknown_code', 'unknown', 'contact-provider'],
  [422, 'input_parameter', 'invalid-input', 'none'],
  [429, 'rate_limited', 'rate-limit', 'wait'],
  [499, 'unknown_code', 'unknown', 'contact-provider'],
  [500, 'temporary_service', 'temporary', 'try-again'],
  [502, 'temporary_service', 'temporary', 'try-again'],
  [null, 'unknown_code', 'unknown', 'contact-provider'],
] as const)('an undocumented code with HTTP %s is %s', (status, text, kind, action) => {
  expect(judge(status, 'NeverHeardOf')).toMatchObject({
    kind,
    action,
    text: { key: `failure.${text}` },
  })
})

test.each([
  [
    { code: 'Teapot', message: 'short and stout' },
    { code: 'Teapot', message: 'short and stout' },
  ],
  [
    { code: 'Teapot', message: '' },
    { code: 'Teapot', message: 'Teapot' },
  ],
  [
    { code: '', message: null },
    { code: 'HTTP 418', message: 'HTTP 418' },
  ],
  [
    { code: null, message: null },
    { code: 'HTTP 418', message: 'HTTP 418' },
  ],
])('the sentence for %j names %j', (said, values) => {
  const answer = { ...said, requestId: null, httpStatus: 418 }
  expect(failureOf(answer, [], 'h.example').text.values).toEqual({ ...values, host: 'h.example' })
  expect(failureOf(answer, []).text.values).toEqual({ ...values, host: '' })
})

test('a failed task without words has a question mark for its code', () => {
  const answer = { code: null, message: null, requestId: null, httpStatus: null }
  expect(failureOf(answer, []).text.values).toMatchObject({ code: '?', message: '?' })
})

test('a rule applies to its codes, its status and its message', () => {
  const answer = { code: ' Own.Code ', message: 'too much', requestId: null, httpStatus: 400 }
  const by = (rule: Omit<FailureRule, 'text'>) =>
    failureOf(answer, [{ ...rule, text: 'auth_ip' }]).text.key === 'failure.auth_ip'
  expect(by({ code: 'own' })).toBe(true)
  expect(by({ code: ['other', 'OWN.code'] })).toBe(true)
  expect(by({ code: 'ow' })).toBe(false)
  expect(by({ code: '*', status: 400 })).toBe(true)
  expect(by({ code: '*', status: 401 })).toBe(false)
  expect(by({ code: '*', status: null })).toBe(false)
  expect(by({ code: '*', message: /much/ })).toBe(true)
  expect(by({ code: '*', message: /little/ })).toBe(false)
  const silent = { code: null, message: null, requestId: null, httpStatus: null }
  const meaning = { text: 'auth_ip', kind: 'gone', action: 'top-up' } as const
  expect(failureOf(silent, [{ code: '*', status: null, ...meaning }])).toMatchObject({
    kind: 'gone',
    action: 'top-up',
    provider: silent,
  })
  expect(failureOf(silent, [{ code: 'x', ...meaning }]).kind).toBe('unknown')
  expect(failureOf(silent, [{ code: '*', message: /./, ...meaning }]).kind).toBe('unknown')
})

test('a code does not match another that only begins with it', () => {
  expect(judge(418, 'InternalErrors').kind).toBe('unknown')
  expect(judge(null, 'internalerror.algo').kind).toBe('temporary')
})

test.each([
  ['0', 0],
  ['12', 12_000],
  [' 1.5 ', 1500],
  ['Fri, 20 Nov 2026 10:00:30 GMT', 30_000],
  ['Fri, 20 Nov 2026 09:00:00 GMT', 0],
  ['99999999', 86_400_000],
  ['Fri, 27 Nov 2026 10:00:00 GMT', 86_400_000],
  ['12 apples', null],
  ['1.', null],
  ['fri, 20 Nov 2026 10:00:30 GMT', null],
  ['on Fri, 20 Nov 2026 10:00:30 GMT', null],
  ['Fri, the 20th', null],
  ['-5', null],
  ['soon', null],
  ['', null],
  [undefined, null],
])('Retry-After %j asks to wait %j ms', (header, milliseconds) => {
  expect(retryAfterOf(header, Date.parse('2026-11-20T10:00:00Z'))).toBe(milliseconds)
})

test.each([
  ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'answer_too-large', 'contact-provider'],
  ['ECONNREFUSED', 'network_refused', 'reconnect'],
  ['ENOTFOUND', 'network_dns', 'reconnect'],
  ['EAI_AGAIN', 'network_dns', 'reconnect'],
  ['EAI_FAIL', 'network_dns', 'reconnect'],
  ['ENETUNREACH', 'network_offline', 'reconnect'],
  ['EHOSTUNREACH', 'network_offline', 'reconnect'],
  ['ENETDOWN', 'network_offline', 'reconnect'],
  ['EADDRNOTAVAIL', 'network_offline', 'reconnect'],
  ['EHOSTDOWN', 'network_offline', 'reconnect'],
  ['UND_ERR_CONNECT_TIMEOUT', 'network_timeout', 'reconnect'],
  ['UND_ERR_HEADERS_TIMEOUT', 'network_timeout', 'try-again'],
  ['UND_ERR_BODY_TIMEOUT', 'network_timeout', 'try-again'],
  ['ETIMEDOUT', 'network_timeout', 'try-again'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'network_tls', 'reconnect'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'network_tls', 'reconnect'],
  ['CERT_HAS_EXPIRED', 'network_tls', 'reconnect'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'network_tls', 'reconnect'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'network_tls', 'reconnect'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'network_tls', 'reconnect'],
  ['EPROTO', 'network_tls', 'reconnect'],
  ['HOSTNAME_MISMATCH', 'network_tls', 'reconnect'],
  ['NO_CERT_', 'network_lost', 'reconnect'],
  ['ECONNRESET', 'network_lost', 'reconnect'],
])('%s, however deep, is %s', (code, text, action) => {
  const coded = Object.assign(new Error('inner'), { code })
  const deep = new Error('outer', { cause: new AggregateError([new Error('other'), coded]) })
  for (const error of [coded, deep])
    expect(networkFailure(error, 'h.example')).toMatchObject({
      text: { key: `failure.${text}`, values: { host: 'h.example' } },
      action,
    })
  expect(networkFailure(coded, 'h.example').text.values).toEqual({
    host: 'h.example',
    ...(text === 'network_tls' ? { detail: code } : {}),
  })
})

test('an error that contains itself is a lost connection', () => {
  const error = new Error('loop')
  error.cause = error
  expect(networkFailure(error, 'h.example').text.key).toBe('failure.network_lost')
  expect(networkFailure('no error', 'h.example').text.key).toBe('failure.network_lost')
})

test('a time limit explains any other error', () => {
  const error = Object.assign(new Error('reset'), { code: 'ECONNRESET' })
  expect(networkFailure(error, 'h.example', { timedOut: true }).text).toEqual({
    key: 'failure.network_timeout',
    values: { host: 'h.example' },
  })
})

test.each([
  ['a reason of its own', new DOMException('stopped', 'AbortError'), 'stopped'],
  ['another reason', new Error('timeout'), 'The operation was aborted'],
  ['no error as its reason', 'stopped', 'The operation was aborted'],
])('an abort with %s is an AbortError', (_what, reason, message) => {
  expect(abortError(AbortSignal.abort(reason))).toMatchObject({ name: 'AbortError', message })
})

test('every failure has its sentence', () => {
  expect(failureTexts.length).toBeGreaterThan(60)
  expect(failureTexts.filter((text) => !(text in sharedTexts.en.failure))).toEqual([])
  expect(new Set(failureTexts).size).toBe(failureTexts.length)
})
