import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { type FileHandle, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createDiskTurns, poolThreads } from '../../main/media/disk-turns'
import { inspectFile } from '../../main/media/inspect'
import { bundledTools } from '../../main/media/tool-paths'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { temporaryFolder } from '../support/temporary-folder'

type Files = typeof import('node:fs/promises')

/** What stands between a file and who looks at it; nothing when the test does not say. */
const disk = vi.hoisted(() => ({
  before: async (_what: 'stat' | 'open' | 'read'): Promise<void> => {},
}))

vi.mock('node:fs/promises', async (original) => {
  const real = await original<Files>()
  const slowly = (handle: FileHandle): FileHandle => {
    const read = handle.read.bind(handle) as (...args: unknown[]) => unknown
    const slow = async (...args: unknown[]) => {
      await disk.before('read')
      return await read(...args)
    }
    return Object.assign(handle, { read: slow })
  }
  return {
    ...real,
    stat: async (...args: Parameters<Files['stat']>) => {
      await disk.before('stat')
      return await real.stat(...args)
    },
    open: async (...args: Parameters<Files['open']>) => {
      await disk.before('open')
      return slowly(await real.open(...args))
    },
  }
})

const inspect = (path: string, limit?: number) => inspectFile(path, bundledTools, {}, limit)
const late = { kind: 'other', unreadable: 'timeout' }

/** From now on the disk does not answer these questions, until the end of the test. */
const silence = (what: string) => {
  const { promise, reject } = Promise.withResolvers<void>()
  promise.catch(() => {})
  disk.before = async (asked) => {
    if (asked === what) await promise
  }
  onTestFinished(() => {
    disk.before = async () => {}
    reject(new Error('the disk was taken away'))
  })
}

describe('a file on a disk far away', () => {
  test.each(['stat', 'open', 'read'])(
    'whose disk does not answer to %s ends in a verdict',
    async (what) => {
      const files = [await makeClip(), await makeImage()]
      silence(what)
      for (const file of files) expect(await inspect(file, 200)).toMatchObject(late)
    },
  )

  test('that answers slowly, but in time, is judged as any other', async () => {
    for (const file of [await makeClip({ fragmented: true }), await makeImage()]) {
      const usual = await inspect(file)
      const asked: string[] = []
      disk.before = async (what) => {
        asked.push(what)
        await new Promise((resolve) => setTimeout(resolve, 30))
      }
      onTestFinished(() => {
        disk.before = async () => {}
      })
      expect(await inspect(file)).toEqual(usual)
      expect(new Set(asked)).toEqual(new Set(['stat', 'open', 'read']))
      disk.before = async () => {}
    }
  })
})

test.skipIf(process.platform === 'win32')(
  'files that nobody can read leave threads for everything else',
  async () => {
    const clip = await makeClip()
    const pipe = join(temporaryFolder(), 'pipe')
    execFileSync('mkfifo', [pipe])
    // Threads of the real pool wait here, as they do for a disk that is gone.
    const real = await vi.importActual<Files>('node:fs/promises')
    const kept: Promise<unknown>[] = []
    disk.before = async (what) => {
      if (what !== 'open') return
      const opening = real.open(pipe, 'r').then((handle) => handle.close())
      kept.push(opening)
      await opening
    }
    const verdicts = await Promise.all(
      Array.from({ length: poolThreads() * 2 }, () => inspect(clip, 300)),
    )
    disk.before = async () => {}
    for (const verdict of verdicts) expect(verdict).toMatchObject(late)
    expect(kept).toHaveLength(Math.floor(poolThreads() / 2))
    // Would wait for ever with the whole pool kept.
    expect((await readFile(clip)).length).toBe((await stat(clip)).size)
    // The disk is back: those that nobody waits for any more end, and their turns with them.
    const writer = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)
    await Promise.all(kept)
    closeSync(writer)
    expect(await inspect(clip)).toMatchObject({ kind: 'video' })
  },
)

test('turns go to the first in line, and who gave up has left it', async () => {
  const turns = createDiskTurns(1)
  const never = new AbortController().signal
  const impatient = new AbortController()
  const order: string[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const first = turns(never)(() => promise)
  const second = turns(impatient.signal)(async () => void order.push('second'))
  const third = turns(never)(async () => void order.push('third'))
  const fourth = turns(never)(async () => void order.push('fourth'))
  impatient.abort(new Error('too late'))
  await expect(second).rejects.toThrow('too late')
  expect(order).toEqual([])
  resolve()
  await Promise.all([first, third, fourth])
  expect(order).toEqual(['third', 'fourth'])
})
