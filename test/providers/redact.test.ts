import { describe, expect, it } from 'vitest'
import { failureOf } from '../../main/providers/failures'
import { redact, withoutSecret } from '../../main/providers/redact'

describe('a message of a service', () => {
  it.each([
    ['Invalid header Bearer sk-abc123def456ghi', 'Invalid header Bearer •••'],
    ['Incorrect API key provided: sk-0123456789abcdef.', 'Incorrect API key provided: •••.'],
    ['{"apiKey":"a1b2c3d4e5f6"}', '{"apiKey":"•••"}'],
    ['AccessKeyId: LTAI5tABCDEFGHIJKLMN is disabled', 'AccessKeyId: ••• is disabled'],
    ['AWSAccessKeyId AKIAIOSFODNN7EXAMPLE', 'AWSAccessKeyId •••'],
    ['eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.sgn', '•••'],
    ['token=abcdefgh1&x=1', 'token=•••&x=1'],
  ])('%s', (said, shown) => expect(redact(said)).toBe(shown))

  it.each([
    'Invalid API-key provided.',
    'Invalid token: unexpected_word',
    'The task a1b2c3d4-e5f6 does not exist; request 7f8e9d',
    'InvalidParameter.Size: the password protected file',
    '模型不存在',
  ])('%s stays', (said) => expect(redact(said)).toBe(said))

  it('reaches failures redacted, in every text', () => {
    const message = 'Wrong key: Bearer sk-abc123def456ghi'
    const answer = { code: 'sk-abc123def456ghi', message, requestId: null, httpStatus: 401 }
    expect(JSON.stringify(failureOf(answer, []))).not.toContain('abc123')
  })

  it('does not repeat the key of its request, whatever it looks like', () => {
    expect(withoutSecret('you sent 0f-plain-words!', 'Bearer 0f-plain-words!')).toBe('you sent •••')
    expect(withoutSecret('{"a":1}', 'Bearer a')).toBe('{"a":1}')
    expect(withoutSecret('x', undefined)).toBe('x')
  })
})
