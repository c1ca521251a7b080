import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { createFileLog, redact } from '../main/log'
import { temporaryFolder } from './support/temporary-folder'

describe('the log', () => {
  it.each([
    ['key sk-abcdef123456 end', 'key sk-… end'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer …'],
    [
      'https://oss/x.mp4?Expires=1&Signature=abc%2F&OSSAccessKeyId=LTAI',
      'https://oss/x.mp4?Expires=1&Signature=…&OSSAccessKeyId=…',
    ],
  ])('takes secrets out of %s', (line, expected) => {
    expect(redact(line)).toBe(expected)
  })

  it('keeps lines with their fields and the cause of an error', async () => {
    const folder = temporaryFolder()
    createFileLog(folder, 'test').warn('something', {
      error: new Error('the cause sk-abcdef123456'),
    })
    await vi.waitFor(() => {
      const text = readFileSync(path.join(folder, 'test.log'), 'utf8')
      expect(text).toContain('something')
      expect(text).toContain('the cause sk-…')
    })
  })
})
