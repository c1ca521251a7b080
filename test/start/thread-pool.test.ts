import { execFile, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder'

const run = promisify(execFile)
const root = path.join(import.meta.dirname, '../..')

/** Keeps threads by opening pipes that nobody writes to, then asks the disk for one more thing. */
const script = `
  import fs from 'node:fs'
  await import(process.env.POOL)
  const threads = Number(process.env.UV_THREADPOOL_SIZE)
  for (let kept = 1; kept < threads; kept++) fs.open(process.env.PIPE, 'r', () => {})
  await fs.promises.stat(process.env.PIPE)
  fs.writeSync(1, String(threads))
  process.kill(process.pid, 'SIGKILL')
`

/** The threads that were there; rejects when the disk did not answer any more. */
const threadsWith = async (environment: NodeJS.ProcessEnv): Promise<number> => {
  const pipe = path.join(temporaryFolder(), 'pipe')
  execFileSync('mkfifo', [pipe])
  const env = {
    ...process.env,
    ELECTRON_RUN_AS_NODE: '1',
    POOL: path.join(root, 'main', 'start', 'thread-pool.ts'),
    PIPE: pipe,
    ...environment,
  }
  const args = ['--input-type=module', '--eval', script]
  const ended = await run(process.execPath, args, { env, timeout: 100_000 }).catch(
    (error: unknown) => error as { stdout: string; killed: boolean },
  )
  return Number(ended.stdout || Number.NaN)
}

describe.skipIf(process.platform === 'win32')('the threads that ask disks', () => {
  it('are more than libuv has of itself, so that a few may be kept waiting', async () => {
    expect(await threadsWith({ UV_THREADPOOL_SIZE: undefined })).toBeGreaterThanOrEqual(8)
  })

  it('are as many as the environment says', async () => {
    expect(await threadsWith({ UV_THREADPOOL_SIZE: '3' })).toBe(3)
  })
})

it.each(['index', 'cli'])('they are told of before anything else of %s is read', (entry) => {
  const source = readFileSync(path.join(root, 'main', `${entry}.ts`), 'utf8')
  expect(/^import .*$/m.exec(source)?.[0]).toBe("import './start/thread-pool'")
})
