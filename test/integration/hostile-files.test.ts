import { execFileSync } from 'node:child_process'
import { copyFile, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Disk, realDisk } from '../../main/files/disk'
import { inspectFile, inspectTimeout } from '../../main/media/inspect'
import { checkFile } from '../../main/preflight'
import { facts as factsSchema } from '../../preload/contract'
import { bmpBytes } from '../support/make-bmp'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { pngBytes } from '../support/make-png'
import { fuzzFactor, fuzzSeed, randomFrom } from '../support/random'
import { spoiled, spoilSources } from '../support/spoil'
import { testTools } from '../support/test-tools'

const terabyte = 1024 ** 4
/** The most bytes that one read may ask for. */
const largestRead = 32 * 1024 ** 2
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reshoot-hostile-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** The real disk. Counts the open files and records the largest read. */
const watchedDisk = () => {
  const seen = { open: 0, largest: 0 }
  const disk: Disk = {
    stat: realDisk.stat,
    open: async (...how) => {
      const file = await realDisk.open(...how)
      seen.open += 1
      return {
        read: (buffer, offset, length, position) => {
          seen.largest = Math.max(seen.largest, length)
          return file.read(buffer, offset, length, position)
        },
        close: async () => {
          await file.close()
          seen.open -= 1
        },
      }
    },
  }
  return { disk, seen }
}

/** Facts and the verdict that follows from them. Both must make sense. */
const judge = async (path: string, { limit = inspectTimeout, disk = realDisk } = {}) => {
  const facts = await inspectFile(path, testTools, {}, { limit, disk })
  expect(factsSchema.parse(facts)).toEqual(facts)
  const { verdict, findings } = checkFile(facts, path)
  expect(findings.length).toBeGreaterThan(0)
  return { facts, verdict }
}

/** Names of running ffprobe and ffmpeg processes below this process. */
const children = (): string[] => {
  if (process.platform !== 'linux') return []
  const all = execFileSync('ps', ['-o', 'pid=,ppid=,comm=', '-A'], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  const below = new Set([`${process.pid}`])
  for (let known = 0; known < below.size; ) {
    known = below.size
    for (const [pid = '', parent = ''] of all) if (below.has(parent)) below.add(pid)
  }
  return all
    .filter(([pid = '', , name = '']) => below.has(pid) && /^ff/.test(name))
    .map(([, , name = '']) => name)
}

test(
  'damaged files end in a verdict, with bounded reads, and leave nothing behind',
  async () => {
    const random = randomFrom(fuzzSeed)
    const originals = await spoilSources()
    const { disk, seen } = watchedDisk()
    const count = Math.round(600 * fuzzFactor)
    let next = 0
    const verdicts = new Map<string, number>()
    const worker = async () => {
      while (next < count) {
        const number = next++
        const [name, bytes] = originals[number % originals.length] ?? ['', Buffer.alloc(1)]
        const path = join(folder, `${number}${name.slice(name.lastIndexOf('.'))}`)
        await writeFile(path, spoiled(bytes, random))
        const { verdict } = await judge(path, { disk }).catch(async (error: unknown) => {
          const kept = join(tmpdir(), `damaged-${fuzzSeed}-${basename(path)}`)
          await copyFile(path, kept)
          throw new Error(`seed ${fuzzSeed}, file ${number} (kept: ${kept})`, { cause: error })
        })
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
        await rm(path)
      }
    }
    await Promise.all([worker(), worker(), worker()])
    expect([...verdicts.values()].reduce((sum, value) => sum + value, 0)).toBe(count)
    expect(verdicts.get('fail')).toBeGreaterThan(count / 4)
    expect(seen.largest).toBeLessThan(largestRead)
    await expect.poll(() => seen.open).toBe(0)
    await expect.poll(children).toEqual([])
    expect(await readdir(folder)).toEqual([])
  },
  240_000 * Math.max(1, fuzzFactor),
)

describe('bombs', () => {
  const sparse = async (name: string, head: Buffer, size: number) => {
    const path = join(folder, name)
    const handle = await open(path, 'w')
    await handle.write(head)
    // Some disks refuse such a large file.
    const made = await handle.truncate(size).then(
      () => true,
      () => false,
    )
    await handle.close()
    return made ? path : null
  }
  const box = (size: number, type: string, content = Buffer.alloc(0)) => {
    const header = Buffer.alloc(8)
    header.writeUInt32BE(size, 0)
    header.write(type, 4, 'latin1')
    return Buffer.concat([header, content])
  }
  const ftyp = box(16, 'ftyp', Buffer.from('isom\0\0\0\0', 'latin1'))
  const long = (type: string, size: number) => {
    const content = Buffer.alloc(8)
    content.writeBigUInt64BE(BigInt(size))
    return box(1, type, content)
  }

  test.each<[string, () => Promise<Buffer>]>([
    ['nothing.mp4', async () => Buffer.from([1])],
    ['mdat.mp4', async () => Buffer.concat([ftyp, long('mdat', terabyte - 16)])],
    ['moov.mp4', async () => Buffer.concat([ftyp, long('moov', terabyte - 16)])],
    [
      'boxes.mp4',
      async () => Buffer.concat([ftyp, ...Array.from({ length: 30_000 }, () => box(8, 'free'))]),
    ],
    ['clip.mp4', async () => readFile(await makeClip({ faststart: true }))],
    ['clip.mkv', async () => readFile(await makeClip({ extension: '.mkv' }))],
    ['clip.ts', async () => readFile(await makeClip({ extension: '.ts' }))],
    ['clip.avi', async () => readFile(await makeClip({ extension: '.avi', codec: 'mpeg4' }))],
    ['photo.jpg', async () => readFile(await makeImage({ keep: 0.9 }))],
    ['photo.png', async () => pngBytes().subarray(0, 60)],
    ['photo.bmp', async () => bmpBytes({ bits: 24 })],
    [
      'photo.webp',
      async () => (await readFile(await makeImage({ format: 'webp' }))).subarray(0, 400),
    ],
  ])('a sparse file of a terabyte: %s', async (name, head) => {
    const path = await sparse(name, await head(), terabyte)
    if (path === null) return
    const { disk, seen } = watchedDisk()
    // ffprobe reads a transport stream of zeros until its time is over.
    expect((await judge(path, { limit: 3000, disk })).verdict).toBe('fail')
    expect(seen.largest).toBeLessThan(largestRead)
    await expect.poll(() => seen.open).toBe(0)
    await expect.poll(children).toEqual([])
    await rm(path)
  })

  test('tables that claim billions of samples', async () => {
    const bytes = Buffer.from(
      await readFile(await makeClip({ faststart: true, bFrames: 2, sound: 'tone' })),
    )
    const path = join(folder, 'samples.mp4')
    for (const [name, at] of [
      ['stts', 12],
      ['ctts', 12],
      ['stsc', 16],
      ['stsz', 8],
      ['stsz', 12],
      ['stts', 8],
    ] as const) {
      const patched = Buffer.from(bytes)
      for (let from = patched.indexOf(name); from > 0; from = patched.indexOf(name, from + 4))
        patched.writeUInt32BE(0xffff_fff0, from + at)
      await writeFile(path, patched)
      await judge(path)
    }
  })

  test('a fragment with 300,000 tracks', async () => {
    const traf = box(24, 'traf', box(16, 'tfhd', Buffer.alloc(8)))
    const many = Buffer.concat(Array.from({ length: 300_000 }, () => traf))
    const clip = await readFile(await makeClip({ fragmented: true }))
    const path = join(folder, 'tracks.mp4')
    await writeFile(path, Buffer.concat([clip, box(many.length + 8, 'moof'), many]))
    expect((await judge(path)).facts.kind).toBe('video')
  })

  test('text that makes a regular expression slow', async () => {
    const path = join(folder, 'comments.svg')
    await writeFile(path, `<?xml?>${'<!-- -->'.repeat(600)}x`)
    await judge(path)
    await writeFile(path, `${' '.repeat(4000)}<!--`)
    await judge(path)
  })

  test('a small file whose header claims a large picture', async () => {
    const path = join(folder, 'unpacks.png')
    await writeFile(
      path,
      pngBytes({ width: 300, height: 300, claims: { width: 300, height: 20_000 } }),
    )
    expect((await judge(path)).facts).toMatchObject({ decodes: false })
  })
})

describe.skipIf(process.platform === 'win32')('paths that are not files', () => {
  test('pipes, devices, sockets and folders', async () => {
    const pipe = join(folder, 'pipe.mp4')
    execFileSync('mkfifo', [pipe])
    const socket = join(folder, 'socket.mp4')
    const server = createServer().listen(socket)
    const paths = [
      pipe,
      socket,
      folder,
      '/dev/zero',
      '/dev/null',
      '/dev/random',
      '/dev/tty',
      '/proc',
      '/',
    ]
    for (const path of paths) expect((await judge(path)).verdict).toBe('fail')
    server.close()
    await rm(pipe)
  })

  test.each([
    '',
    '.',
    '\0',
    'a\0.mp4',
    'nowhere.mp4',
    'x'.repeat(5000),
    `/${'x/'.repeat(3000)}`,
    '/proc/self/mem',
    '/proc/kmsg',
    '/etc/shadow/a.mp4',
    'file:///etc/passwd',
    'http://127.0.0.1:9/a.mp4',
    'concat:/etc/passwd|/etc/passwd',
    'data:video/mp4;base64,AAAA',
    '$(touch /tmp/reshoot-was-here)',
  ])('the path %j', async (path) => {
    expect((await judge(path)).verdict).toBe('fail')
  })
})

test('an ffprobe that hangs ends in a verdict', async () => {
  const sleepy = join(folder, 'sleepy')
  await writeFile(sleepy, '#!/bin/sh\nexec sleep 600\n', { mode: 0o755 })
  const slow = { ...testTools, ffprobe: () => sleepy }
  const facts = await inspectFile(await makeClip(), slow, {}, { limit: 200 })
  expect(facts).toMatchObject({ kind: 'other', unreadable: 'timeout' })
  await rm(sleepy)
})
