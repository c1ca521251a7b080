import { expect, test } from 'vitest'
import { dashScopeFailures } from '../../main/providers/dashscope/failures'
import { failureOf, failureTexts, mayPass } from '../../main/providers/failures'
import { networkFailure, retryAfterOf } from '../../main/providers/http/network-failures'
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
  [302, 'unknown'],
  [400, 'invalid-input'],
  [401, 'auth'],
  [402, 'billing'],
  [403, 'auth'],
  [404, 'gone'],
  [418, 'unknown'],
  [429, 'rate-limit'],
  [502, 'temporary'],
  [null, 'unknown'],
])('an undocumented code with HTTP %s is %s', (status, kind) => {
  expect(judge(status, 'NeverHeardOf').kind).toBe(kind)
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
  ['-5', null],
  ['soon', null],
  ['', null],
  [undefined, null],
])('Retry-After %j asks to wait %j ms', (header, milliseconds) => {
  expect(retryAfterOf(header, Date.parse('2026-11-20T10:00:00Z'))).toBe(milliseconds)
})

test.each([
  ['ECONNREFUSED', 'network_refused'],
  ['ENOTFOUND', 'network_dns'],
  ['ENETUNREACH', 'network_offline'],
  ['CERT_HAS_EXPIRED', 'network_tls'],
  ['UND_ERR_HEADERS_TIMEOUT', 'network_timeout'],
  ['ECONNRESET', 'network_lost'],
])('%s, however deep, is %s', (code, key) => {
  const error = new Error('outer', {
    cause: new AggregateError([Object.assign(new Error('inner'), { code })]),
  })
  expect(networkFailure(error, 'h.example').text.key).toBe(`failure.${key}`)
})

test('every failure has its sentence', () => {
  expect(failureTexts.length).toBeGreaterThan(60)
  expect(failureTexts.filter((text) => !(text in sharedTexts.en.failure))).toEqual([])
  expect(new Set(failureTexts).size).toBe(failureTexts.length)
})
