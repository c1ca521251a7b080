import { mkdirSync, readFileSync } from 'node:fs'
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

  it('writes lines with their fields and the cause of an error', () => {
    const folder = temporaryFolder()
    createFileLog(folder, 'test').warn('something', {
      error: new Error('the cause sk-abcdef123456'),
    })
    const file = path.join(folder, 'test.log')
    expect(readFileSync(file, 'utf8')).toMatch(/something.*the cause sk-…/)
  })

  it('begins a new file when it is large, and keeps the last one', () => {
    const folder = temporaryFolder()
    const log = createFileLog(folder, 'test')
    const long = 'x'.repeat(3 * 1024 * 1024)
    for (const line of ['first', `second ${long}`, 'third']) log.info(line)
    const read = (name: string) => readFileSync(path.join(folder, name), 'utf8')
    expect(read('test.log')).toMatch(/^\[\S+Z\] \[info\] third\n$/)
    expect(read('test.old.log')).toMatch(/first\n.*second/)
  })

  it('lets the work go on where it cannot be written', () => {
    const folder = temporaryFolder()
    mkdirSync(path.join(folder, 'test.log'))
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    createFileLog(folder, 'test').error('something')
    createFileLog(folder, 'other').error('something', circle)
  })
})

it('words of a tool are shown without keys, and with ~ for the folder of the person', () => {
  const words = 'sk-abcdef123456: /home/Mira K/bin/ffprobe is missing'
  expect(presentable(words, '/home/Mira K')).toBe('sk-…: ~/bin/ffprobe is missing')
  expect(presentable('/bin/ffprobe', '/')).toBe('/bin/ffprobe')
})
