import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createDiskTurns, type Disk, poolThreads, realDisk } from '../../main/files/disk'
import { inspectFile } from '../../main/media/inspect'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { temporaryFolder } from '../support/temporary-folder'
import { testTools } from '../support/test-tools'

type Question = 'stat' | 'open' | 'read'

/** The real disk, with a callback before each answer. */
const diskBehind = (before: (question: Question) => Promise<void>): Disk => ({
  stat: async (path) => {
    await before('stat')
    return realDisk.stat(path)
  },
  open: async (path, flags) => {
    await before('open')
    const file = await realDisk.open(path, flags)
    return {
      read: async (...piece) => {
        await before('read')
        return file.read(...piece)
      },
      close: () => file.close(),
    }
  },
})

const inspect = (path: string, disk: Disk, limit?: number) =>
  inspectFile(path, testTools, {}, { disk, ...(limit ? { limit } : null) })

const late = { kind: 'other', unreadable: 'timeout' }

/** A disk that does not answer this question until the end of the test. */
const silentAt = (question: Question): Disk => {
  const { promise, reject } = Promise.withResolvers<void>()
  promise.catch(() => {})
  onTestFinished(() => reject(new Error('the disk was taken away')))
  return diskBehind(async (asked) => {
    if (asked === question) await promise
  })
}

/** A disk that answers in a later turn of the event loop. */
const slowDisk = (asked: Set<Question>): Disk =>
  diskBehind(async (question) => {
    asked.add(question)
    await new Promise((resolve) => setTimeout(resolve))
  })

describe('a file on a remote disk', () => {
  test.each<Question>(['stat', 'open', 'read'])(
    'gets a verdict if the disk does not answer to %s',
    async (question) => {
      const disk = silentAt(question)
      for (const file of [await makeClip(), await makeImage()])
        expect(await inspect(file, disk, 200)).toMatchObject(late)
    },
  )

  test.each([
    ['clip', () => makeClip({ fragmented: true })],
    ['image', () => makeImage()],
  ])('gets the usual facts if the disk is slow but in time: a %s', async (_, make) => {
    const file = await make()
    const asked = new Set<Question>()
    expect(await inspect(file, slowDisk(asked))).toEqual(await inspect(file, realDisk))
    expect(asked).toEqual(new Set(['stat', 'open', 'read']))
  })
})

test.skipIf(process.platform === 'win32')(
  'files on a disk that does not answer leave threads for everything else',
  async () => {
    const clip = await makeClip()
    const pipe = join(temporaryFolder(), 'pipe')
    execFileSync('mkfifo', [pipe])
    // Blocks threads of the real pool, as a disk that is gone does.
    const kept: Promise<void>[] = []
    const gone = diskBehind(async (question) => {
      if (question !== 'open') return
      const opening = open(pipe, 'r').then((handle) => handle.close())
      kept.push(opening)
      await opening
    })
    const half = Math.floor(poolThreads() / 2)
    const more = async () => {
      const all = Array.from({ length: poolThreads() * 2 }, () => inspect(clip, gone, 300))
      for (const verdict of await Promise.all(all)) expect(verdict).toMatchObject(late)
    }
    // On a slow machine the first ones may be late before they reach the pipe.
    while (kept.length < half) await more()
    await more()
    expect(kept).toHaveLength(half)
    // Would wait for ever if the whole pool were blocked.
    expect((await readFile(clip)).length).toBe((await stat(clip)).size)
    // The disk is back: abandoned operations end and free their slots.
    const writer = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)
    await Promise.all(kept)
    closeSync(writer)
    expect(await inspect(clip, realDisk)).toMatchObject({ kind: 'video' })
  },
)

test('disk operations start in order, and aborted ones do not start', async () => {
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
