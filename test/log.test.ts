import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFileLog, presentable, redact } from '../main/log'
import { temporaryFolder } from './support/temporary-folder'

describe('the log', () => {
  it.each([
    ['key sk-abcdef123456 end', 'key sk-… end'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer …'],
    [
      'https://oss/x.mp4?Expires=1&Signature=abc%2F&OSSAccessKeyId=LTAI',
      'https://oss/x.mp4?Expires=1&Signature=…&OSSAccessKeyId=…',
    ],
  ])('removes secrets from %s', (line, expected) => {
    expect(redact(line)).toBe(expected)
  })

  it('writes lines with their fields and the cause of an error', async () => {
    const folder = temporaryFolder()
    createFileLog(folder, 'test').warn('something', {
      error: new Error('the cause sk-abcdef123456'),
    })
    const file = path.join(folder, 'test.log')
    const text = () => (existsSync(file) ? readFileSync(file, 'utf8') : '')
    await expect.poll(text).toContain('the cause sk-…')
    expect(text()).toContain('something')
  })
})

it('words of a tool are shown without keys, and with ~ for the folder of the person', () => {
  const words = 'sk-abcdef123456: /home/Mira K/bin/ffprobe is missing'
  expect(presentable(words, '/home/Mira K')).toBe('sk-…: ~/bin/ffprobe is missing')
  expect(presentable('/bin/ffprobe', '/')).toBe('/bin/ffprobe')
})
