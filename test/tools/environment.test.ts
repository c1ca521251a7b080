import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { takeEnvironment } from '../../main/settings/take-environment'
import { askTool } from '../../main/tools/ask-tool'
import { bareEnvironment } from '../../main/tools/environment'
import { runTool } from '../../main/tools/run-tool'

const limits = { timeout: 100_000 }

test('a tool gets none of the keys, however it is started', async () => {
  process.env['DASHSCOPE_API_KEY'] = 'sk-of-the-person'
  onTestFinished(() => void delete process.env['DASHSCOPE_API_KEY'])
  const straight = await runTool('/usr/bin/env', [], limits)
  const asked = await askTool('/bin/sh', ['-c', 'env; : "$0"'], 'file', limits)
  for (const { stdout } of [straight, asked]) {
    expect(String(stdout)).toContain('PATH=')
    expect(String(stdout)).not.toContain('sk-of-the-person')
  }
})

test.runIf(process.platform === 'linux')('neither does the guard that ends tools', async () => {
  process.env['DASHSCOPE_API_KEY'] = 'sk-of-the-person'
  onTestFinished(() => void delete process.env['DASHSCOPE_API_KEY'])
  const stop = new AbortController()
  const running = runTool('/bin/sleep', ['600'], { ...limits, signal: stop.signal })
  const below = execFileSync('ps', ['-o', 'pid=,comm=', '--ppid', `${process.pid}`], {
    encoding: 'utf8',
  })
  const children = [...below.matchAll(/(\d+) (sleep|sh)$/gm)]
  expect(children.map(([, , name]) => name)).toEqual(expect.arrayContaining(['sleep', 'sh']))
  for (const [, pid] of children)
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('sk-of-the-person')
  stop.abort()
  await expect(running).rejects.toBe(stop.signal.reason)
})

test('the environment of a child has what programs need, and nothing else', () => {
  const needed = {
    PATH: '/bin',
    Path: 'C:\\',
    HOME: '/home/a',
    LC_ALL: 'C',
    TMPDIR: '/tmp',
    TZ: 'UTC',
  }
  const others = {
    DASHSCOPE_API_KEY: 'k',
    AWS_SECRET_ACCESS_KEY: 'k',
    HTTPS_PROXY: 'http://user:password@proxy',
    NODE_OPTIONS: '--require ./evil.js',
    LD_PRELOAD: '/tmp/evil.so',
    SSH_AUTH_SOCK: '/tmp/agent',
  }
  expect(bareEnvironment({ ...needed, ...others })).toEqual(needed)
})

test('keys are read once and leave the environment of the process', () => {
  const env = { EVOLINK_API_KEY: 'sk-1', RESHOOT_S3_SECRET_KEY: 's', PATH: '/bin' }
  const taken = takeEnvironment(env)
  expect(env).toEqual({ PATH: '/bin' })
  expect(taken['EVOLINK_API_KEY']).toBe('sk-1')
  expect(taken['RESHOOT_S3_SECRET_KEY']).toBe('s')
  expect(taken['PATH']).toBe('/bin')
})
