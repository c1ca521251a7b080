import { expect, it } from 'vitest'
import { run, tail } from '../../../scripts/setup/processes.mjs'
import { isRunning } from '../../support/is-running'

const node = (code: string, seconds = 20) =>
  run(process.execPath, ['-e', code], {
    seconds,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })

it('gives the exit code and all that was said, in both streams', async () => {
  const outcome = await node('console.log("out"); console.error("err"); process.exitCode = 3')
  expect(outcome).toMatchObject({ code: 3, timedOut: false })
  expect(outcome.output.split('\n').sort()).toEqual(['', 'err', 'out'])
})

it('says when there is no such program', async () => {
  const outcome = await run('no-such-program-here', [], { seconds: 5 })
  expect(outcome.code).toBe(127)
  expect(outcome.output).toContain('ENOENT')
})

it('stops what takes too long, with all that it started', async () => {
  const outcome = await node(
    `const { spawn } = require('node:child_process')
     const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
     console.log(child.pid)
     setInterval(() => {}, 1000)`,
    1,
  )
  expect(outcome).toMatchObject({ code: 124, timedOut: true })
  const grandchild = Number(outcome.output.trim())
  expect(grandchild).toBeGreaterThan(0)
  await expect.poll(() => isRunning(grandchild)).toBe(false)
})

it('keeps the end of a long output', () => {
  expect(tail('a\nb\nc\n', 2)).toBe('b\nc')
})
