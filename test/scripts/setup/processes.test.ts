import { spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { run, tail } from '../../../scripts/setup/processes.mjs'
import { isRunning } from '../../support/is-running'
import { temporaryFolder } from '../../support/temporary-folder'

const processes = path.resolve(import.meta.dirname, '../../../scripts/setup/processes.mjs')

const node = (code: string, seconds = 100) =>
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
  const outcome = await run('no-such-program-here', [], { seconds: 100 })
  expect(outcome.code).toBe(127)
  expect(outcome.output).toContain('ENOENT')
})

it('stops what takes too long, with all that it started', async () => {
  let grandchild = 0
  // A slow machine may need longer to start it.
  for (let seconds = 1; grandchild === 0; seconds *= 2) {
    const outcome = await node(
      `const { spawn } = require('node:child_process')
       const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
       console.log(child.pid)
       setInterval(() => {}, 1000)`,
      seconds,
    )
    expect(outcome).toMatchObject({ code: 124, timedOut: true })
    grandchild = Number(outcome.output.trim())
  }
  await expect.poll(() => isRunning(grandchild)).toBe(false)
})

it.skipIf(process.platform === 'win32')(
  'leaves nothing behind when it is told to end while a child that will not is at work',
  async () => {
    const folder = temporaryFolder()
    const scratch = path.join(folder, 'scratch')
    mkdirSync(scratch)
    const writing = `
      process.on('SIGTERM', () => {})
      const { writeFileSync, mkdirSync } = require('node:fs')
      setTimeout(() => process.exit(), 100_000)
      let name = 0
      setInterval(() => {
        const folder = ${JSON.stringify(scratch)} + '/' + name++
        mkdirSync(folder, { recursive: true })
        writeFileSync(folder + '/file', 'x')
        if (name === 3) console.log('at work')
      }, 1)`
    const source = `
      import { rmSync } from 'node:fs'
      import { atTheEnd, startBackground } from ${JSON.stringify(pathToFileURL(processes).href)}
      atTheEnd(() => rmSync(${JSON.stringify(scratch)}, { recursive: true, maxRetries: 10 }))
      const { child } = startBackground(process.execPath, ['-e', ${JSON.stringify(writing)}], {
        stdio: ['ignore', 'inherit', 'inherit'],
      })
      console.log(child.pid)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    })
    let said = ''
    parent.stdout.on('data', (text) => {
      said += String(text)
    })
    const code = new Promise((resolve) => parent.once('exit', resolve))
    await expect.poll(() => said).toContain('at work')
    parent.kill('SIGTERM')
    expect(await code).toBe(143)
    expect(existsSync(scratch)).toBe(false)
    await expect.poll(() => isRunning(Number.parseInt(said, 10))).toBe(false)
  },
)

it('keeps the end of a long output', () => {
  expect(tail('a\nb\nc\n', 2)).toBe('b\nc')
})
