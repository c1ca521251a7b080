import { readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { runCli } from '../../main/cli/run-cli'
import { startDashScopeServer } from '../support/dashscope-server'
import { makeClip } from '../support/make-media'
import { temporaryFolder } from '../support/temporary-folder'

/** Two regions, a key of the second, and a terminal that answers the question. */
const atTerminal = async (key = 'sk-of-beijing') => {
  const result = readFileSync(await makeClip({ seconds: 3 }))
  const [singapore, beijing] = await Promise.all([
    startDashScopeServer({ key: 'sk-of-singapore' }),
    startDashScopeServer({ key: 'sk-of-beijing', result, words: ['SUCCEEDED'] }),
  ])
  onTestFinished(async () => {
    await Promise.all([singapore.stop(), beijing.stop()])
  })
  const env = {
    LANG: 'en_US.UTF-8',
    RESHOOT_HOME: temporaryFolder(),
    DASHSCOPE_API_KEY: key,
    RESHOOT_DASHSCOPE_URL: singapore.url,
    RESHOOT_DASHSCOPE_CN_URL: beijing.url,
  }
  const clip = await makeClip({ seconds: 4 })
  const edit = async (answer: string) => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true })
    const stdout = new PassThrough()
    const stderr = Object.assign(new PassThrough(), { isTTY: true })
    stdin.write(`${answer}\n`)
    const argv = ['edit', clip, '--prompt', 'snow', '--provider', 'dashscope', '--json']
    const { signal } = new AbortController()
    const code = await runCli(argv, { env: { ...env }, cwd: '.', stdin, stdout, stderr, signal })
    const line = String(stdout.read() ?? '').trim()
    const job = z.object({ state: z.string(), provider: z.string() }).parse(JSON.parse(line))
    return { code, job, said: String(stderr.read() ?? '') }
  }
  return { singapore, beijing, edit }
}

it('yes sends the edit to the region that accepts the key, which is checked once', async () => {
  const { singapore, beijing, edit } = await atTerminal()
  const first = await edit('y')
  expect(first.said).toContain('The Singapore region rejected this API key')
  expect(first.said).toContain('Try this key in Beijing')
  expect([first.code, first.job]).toEqual([0, { state: 'saved', provider: 'dashscope-cn' }])
  expect((await edit('y')).job).toEqual({ state: 'saved', provider: 'dashscope-cn' })
  expect([singapore.calls.create, beijing.calls.create, beijing.calls.list]).toEqual([0, 2, 1])
  expect(beijing.violations).toEqual([])
})

it('no leaves the job unchanged', async () => {
  const { beijing, edit } = await atTerminal()
  const { code, job, said } = await edit('n')
  expect([code, job]).toEqual([1, { state: 'failed', provider: 'dashscope' }])
  expect(said).toContain('--provider dashscope-cn')
  expect([beijing.calls.create, beijing.calls.list]).toEqual([0, 0])
})

it('a key that neither region accepts is reported', async () => {
  const { beijing, edit } = await atTerminal('sk-of-nobody')
  const { code, job, said } = await edit('y')
  expect([code, job]).toEqual([1, { state: 'failed', provider: 'dashscope' }])
  expect(said).toContain('Singapore and Beijing both rejected this API key')
  expect(beijing.calls.create).toBe(0)
})
