import { execFile, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder'

const run = promisify(execFile)
const root = path.join(import.meta.dirname, '../..')

/** Blocks all threads but one by opening pipes without a writer, then asks the disk once more. */
const script = `
  import fs from 'node:fs'
  await import(process.env.POOL)
  const threads = Number(process.env.UV_THREADPOOL_SIZE)
  for (let kept = 1; kept < threads; kept++) fs.open(process.env.PIPE, 'r', () => {})
  await fs.promises.stat(process.env.PIPE)
  fs.writeSync(1, String(threads))
  process.kill(process.pid, 'SIGKILL')
`

/** The number of threads; NaN if the disk did not answer any more. */
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

describe.skipIf(process.platform === 'win32')('the thread pool for disk operations', () => {
  it('is larger than libuv’s default, so that some threads may be blocked', async () => {
    expect(await threadsWith({ UV_THREADPOOL_SIZE: undefined })).toBeGreaterThanOrEqual(8)
  })

  it('has the size that the environment sets', async () => {
    expect(await threadsWith({ UV_THREADPOOL_SIZE: '3' })).toBe(3)
  })
})

it.each(['index', 'cli'])('the size of the pool is set by the first import of %s', (entry) => {
  const source = readFileSync(path.join(root, 'main', `${entry}.ts`), 'utf8')
  expect(/^import .*$/m.exec(source)?.[0]).toBe("import './start/thread-pool'")
})
