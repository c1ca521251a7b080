import { execFile } from 'node:child_process'
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMediaTools } from '../../main/media/media-tools-here'
import { bundledTools } from '../../main/media/tool-paths'
import { checkFile } from '../../main/preflight'
import {
  type ClipFacts,
  type Facts,
  facts as factsSchema,
  type ImageFacts,
} from '../../preload/contract'
import { type ClipShape, makeClip } from '../support/make-media'
import { type ImageShape, makeImage } from '../support/make-media-images'

const run = promisify(execFile)
const tools = createMediaTools(bundledTools)
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reshoot-inspect-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const failing = (facts: Facts, name: string) =>
  checkFile(facts, name)
    .findings.filter(({ level }) => level === 'fail')
    .map(({ rule }) => rule)

describe('clips', () => {
  test.each<[string, ClipShape, Partial<ClipFacts>]>([
    [
      'an ordinary clip',
      {},
      {
        container: 'mp4',
        brand: 'isom',
        width: 320,
        height: 240,
        codec: 'h264',
        frameRate: 30,
        audio: [],
      },
    ],
    [
      'one with sound',
      { sound: 'tone' },
      { audio: [{ codec: 'aac', channels: 1, sampleRate: 48_000 }] },
    ],
    [
      'QuickTime with HEVC',
      { codec: 'hevc', extension: '.mov' },
      { container: 'mov', brand: 'qt', codec: 'hevc' },
    ],
    ['ProRes', { codec: 'prores', extension: '.mov' }, { codec: 'prores' }],
    ['NTSC', { rate: '30000/1001' }, { frameRate: 30_000 / 1001, variableFrameRate: false }],
    ['a rate that varies', { variableRate: true }, { variableFrameRate: true }],
    [
      'turned by 90',
      { rotation: 90 },
      { rotation: 90, width: 240, height: 320, codedWidth: 320, codedHeight: 240 },
    ],
    ['turned by 180', { rotation: 180 }, { rotation: 180, width: 320, height: 240 }],
    ['turned by 270', { rotation: 270 }, { rotation: 270, width: 240, height: 320 }],
    ['anamorphic', { sar: '4/3' }, { sar: '4:3', width: 320, height: 240 }],
    ['PQ', { codec: 'hevc', hdr: 'pq' }, { hdr: true }],
    ['HLG', { codec: 'hevc', hdr: 'hlg' }, { hdr: true }],
    [
      'fragments',
      { fragmented: true },
      { complete: true, durations: { container: 3, video: 3, ignoringEdits: 3 } },
    ],
    [
      'fragments with B-frames',
      { fragmented: true, bFrames: 3, sound: 'tone' },
      { complete: true, variableFrameRate: false },
    ],
    ['two video tracks', { twoTracks: true }, { videoTracks: 2 }],
    ['cover art', { coverArt: true, sound: 'tone' }, { videoTracks: 1, codec: 'h264' }],
    ['encrypted', { encrypted: true }, { encrypted: true, width: 320 }],
    ['the index in front', { faststart: true }, { complete: true }],
    ["Apple's brand", { brand: 'M4V ' }, { container: 'mp4', brand: 'M4V' }],
    ['3GP', { extension: '.3gp' }, { container: '3gp' }],
    ['MKV', { extension: '.mkv' }, { container: 'mkv' }],
    ['WebM', { extension: '.webm', codec: 'vp9' }, { container: 'webm', codec: 'vp9' }],
    ['AVI', { extension: '.avi', codec: 'mpeg4' }, { container: 'avi', codec: 'mpeg4' }],
    ['a transport stream', { extension: '.ts' }, { container: 'mpegts' }],
    [
      'sound alone',
      { codec: 'none', sound: 'tone', extension: '.m4a' },
      { container: 'm4a', videoTracks: 0, codec: null, duration: null },
    ],
  ])('%s', async (_, shape, expected) => {
    const found = await tools.inspect(await makeClip(shape))
    expect(factsSchema.parse(found)).toEqual(found)
    expect(found).toMatchObject({ kind: 'video', ...expected })
  })

  test.each<[string, ClipShape]>([
    ['cut off behind its index', { faststart: true, keep: 0.5 }],
    ['cut off by a little', { faststart: true, keep: 0.999 }],
    ['cut off in a fragment', { fragmented: true, seconds: 4, keyframes: 30, keep: 0.7 }],
  ])('a clip %s is not complete', async (_, shape) => {
    const found = await tools.inspect(await makeClip(shape))
    expect(found).toMatchObject({ kind: 'video', complete: false })
    expect(failing(found, 'a.mp4')).toContain('complete')
  })

  test('headers without samples are no clip', async () => {
    const path = join(folder, 'headers.mp4')
    const bytes = await readFile(await makeClip({ fragmented: true }))
    await writeFile(path, bytes.subarray(0, bytes.indexOf('moof') - 4))
    const found = await tools.inspect(path)
    expect(found).toMatchObject({ kind: 'video', complete: false, width: 320 })
    expect(failing(found, path)).toContain('complete')
  })

  test('a clip cut off before its index does not open', async () => {
    const found = await tools.inspect(await makeClip({ keep: 0.5 }))
    expect(found).toMatchObject({ kind: 'video', container: 'mp4', opens: false })
    expect(failing(found, 'a.mp4')).toContain('readable')
  })

  test('frames hidden by an edit list are counted by those who ignore it', async () => {
    const found = await tools.inspect(
      await makeClip({ seconds: 6, hidden: 1.5, sound: 'tone', keyframes: 300 }),
    )
    if (found.kind !== 'video') throw new Error('expected a clip')
    expect(found.durations.ignoringEdits).toBeCloseTo(6, 1)
    expect(found.durations.video).toBeCloseTo(4.5, 1)
  })

  test('the name says nothing', async () => {
    const path = join(folder, 'photo.jpg')
    await copyFile(await makeClip(), path)
    expect(await tools.inspect(path)).toMatchObject({ kind: 'video', container: 'mp4' })
  })

  test.each(['-i.mp4', 'a b & c.mp4', 'http:host.mp4', '电影 🎬.mp4', "it's.mp4", '%d.mp4'])(
    'the name %s is no trouble',
    async (name) => {
      const path = join(folder, name)
      await copyFile(await makeClip(), path)
      expect(await tools.inspect(path)).toMatchObject({ kind: 'video', width: 320 })
    },
  )
})

describe('images', () => {
  test.each<[string, ImageShape, Partial<ImageFacts>]>([
    [
      'JPEG',
      {},
      { format: 'jpeg', width: 400, height: 300, decodes: true, alpha: false, colourSpace: 'srgb' },
    ],
    ['JPEG on its side', { orientation: 6 }, { width: 300, height: 400, orientation: 6 }],
    ['CMYK', { cmyk: true }, { colourSpace: 'cmyk' }],
    ['greyscale', { grey: true }, { colourSpace: 'b-w' }],
    ['PNG', { format: 'png' }, { format: 'png', alpha: false, transparent: false }],
    [
      'PNG with an opaque channel',
      { format: 'png', alpha: 'channel' },
      { alpha: true, transparent: false },
    ],
    [
      'PNG with one clear pixel',
      { format: 'png', alpha: 'one-pixel' },
      { alpha: true, transparent: true },
    ],
    [
      'PNG with a clear palette entry',
      { format: 'png', palette: true, alpha: 'half' },
      { alpha: true, transparent: true },
    ],
    ['WEBP', { format: 'webp' }, { format: 'webp', frames: 1 }],
    ['animated WEBP', { format: 'webp', frames: 3 }, { frames: 3, height: 300 }],
    [
      'WEBP that is half clear',
      { format: 'webp', alpha: 'half' },
      { alpha: true, transparent: true },
    ],
    [
      'BMP',
      { format: 'bmp' },
      { format: 'bmp', width: 400, height: 300, decodes: true, alpha: false },
    ],
    ['GIF', { format: 'gif' }, { format: 'gif', decodes: true }],
    ['TIFF', { format: 'tiff' }, { format: 'tiff' }],
    ['AVIF', { format: 'avif' }, { format: 'avif', width: 400 }],
  ])('%s', async (_, shape, expected) => {
    const found = await tools.inspect(await makeImage(shape))
    expect(factsSchema.parse(found)).toEqual(found)
    expect(found).toMatchObject({ kind: 'image', ...expected })
  })

  test.each<ImageShape>([
    { keep: 0.6 },
    { format: 'png', keep: 0.6, noise: true },
    { format: 'webp', keep: 0.6 },
    { format: 'bmp', keep: 0.9 },
  ])('cut off: %j', async (shape) => {
    const found = await tools.inspect(await makeImage(shape))
    expect(found).toMatchObject({ kind: 'image', decodes: false })
    expect(failing(found, 'a')).toContain('readable')
  })

  test('a PNG that says it is gigantic is refused by its header', async () => {
    const path = join(folder, 'bomb.png')
    const png = Buffer.from(await readFile(await makeImage({ format: 'png' })))
    png.writeUInt32BE(100_000, 16)
    png.writeUInt32BE(100_000, 20)
    await writeFile(path, png)
    expect(await tools.inspect(path)).toMatchObject({ kind: 'image', decodes: false })
  })

  test('a BMP that says it is gigantic is refused by its header', async () => {
    const path = join(folder, 'bomb.bmp')
    const bmp = Buffer.from(await readFile(await makeImage({ format: 'bmp' })))
    bmp.writeInt32LE(60_000, 18)
    bmp.writeInt32LE(60_000, 22)
    await writeFile(path, bmp)
    expect(await tools.inspect(path)).toMatchObject({
      format: 'bmp',
      width: 60_000,
      decodes: false,
    })
  })

  test('a BMP whose header names an alpha channel is looked at pixel by pixel', async () => {
    const header = Buffer.alloc(122)
    header.write('BM', 0)
    header.writeUInt32LE(122, 10)
    header.writeUInt32LE(108, 14)
    header.writeInt32LE(300, 18)
    header.writeInt32LE(300, 22)
    header.writeUInt16LE(1, 26)
    header.writeUInt16LE(32, 28)
    header.writeUInt32LE(3, 30)
    for (const [at, mask] of [
      [54, 0xff0000],
      [58, 0xff00],
      [62, 0xff],
      [66, 0xff000000],
    ] as const)
      header.writeUInt32LE(mask, at)
    const pixels = Buffer.alloc(300 * 300 * 4, 255)
    const opaque = join(folder, 'opaque.bmp')
    await writeFile(opaque, Buffer.concat([header, pixels]))
    expect(await tools.inspect(opaque)).toMatchObject({
      alpha: true,
      transparent: false,
      decodes: true,
    })
    pixels[pixels.length - 1] = 254
    const clear = join(folder, 'clear.bmp')
    await writeFile(clear, Buffer.concat([header, pixels]))
    expect(await tools.inspect(clear)).toMatchObject({ alpha: true, transparent: true })
  })
})

describe('what is neither', () => {
  const write = async (name: string, content: string | Buffer) => {
    const path = join(folder, name)
    await writeFile(path, content)
    return path
  }

  test.each<[string, string | Buffer, string | null]>([
    ['notes.mp4', 'Just some words.', 'text'],
    ['page.mp4', '<!doctype html><html></html>', 'html'],
    ['paper.jpg', '%PDF-1.7 and so on', 'pdf'],
    ['archive.png', Buffer.from('PK\u0003\u0004 and so on'), 'zip'],
    ['list.mp4', '#EXTM3U\nhttp://example.com/a.ts\n', 'text'],
    ['noise.mp4', Buffer.from([0, 200, 3, 250, 9, 0, 1, 254, 128, 77]), null],
  ])('%s', async (name, content, format) => {
    const found = await tools.inspect(await write(name, content))
    expect(found).toMatchObject({ kind: 'other', format, unreadable: null })
    expect(checkFile(found, name).verdict).toBe('fail')
  })

  test('a compressed photo is no photo', async () => {
    const path = await write('zipped.jpg', await promisify(gzip)(await readFile(await makeImage())))
    expect(failing(await tools.inspect(path), path)).toEqual(['format'])
  })

  test('nothing at all', async () => {
    expect(await tools.inspect(await write('empty.mp4', ''))).toMatchObject({
      kind: 'other',
      unreadable: 'empty',
    })
    expect(await tools.inspect(join(folder, 'nowhere.mp4'))).toMatchObject({
      unreadable: 'missing',
    })
    expect(await tools.inspect(join(folder, 'empty.mp4', 'inside.mp4'))).toMatchObject({
      unreadable: 'missing',
    })
  })

  test('a folder, and a link to one', async () => {
    const path = join(folder, 'folder.mp4')
    await mkdir(path)
    await symlink(path, join(folder, 'link.mp4'))
    expect(await tools.inspect(path)).toMatchObject({ unreadable: 'not-a-file' })
    expect(await tools.inspect(join(folder, 'link.mp4'))).toMatchObject({
      unreadable: 'not-a-file',
    })
  })

  test.skipIf(process.platform === 'win32')(
    'a pipe that nobody writes to, and a device',
    async () => {
      const path = join(folder, 'pipe.mp4')
      await run('mkfifo', [path])
      expect(await tools.inspect(path)).toMatchObject({ unreadable: 'not-a-file' })
      expect(await tools.inspect('/dev/zero')).toMatchObject({ unreadable: 'not-a-file' })
    },
  )

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'a file that may not be read',
    async () => {
      const path = await write('secret.mp4', 'secret')
      await chmod(path, 0)
      expect(await tools.inspect(path)).toMatchObject({ unreadable: 'denied' })
    },
  )

  test('an MP4 whose boxes lie about their sizes', async () => {
    const path = join(folder, 'liar.mp4')
    await copyFile(await makeClip({ faststart: true }), path)
    const bytes = await readFile(path)
    bytes.writeUInt32BE(0xfffffff0, bytes.indexOf('stts') + 8)
    await writeFile(path, bytes)
    expect((await tools.inspect(path)).kind).toBe('video')
    await truncate(path, 40)
    expect(await tools.inspect(path)).toMatchObject({ kind: 'video', complete: false })
  })
})

test('an ffprobe that never answers is stopped', async () => {
  const stopping = AbortSignal.timeout(300)
  const path = join(folder, 'sleepy')
  await writeFile(path, '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 })
  const sleepy = createMediaTools({ ...bundledTools, ffprobe: () => path })
  await expect(sleepy.inspect(await makeClip(), { signal: stopping })).rejects.toMatchObject({
    name: 'TimeoutError',
  })
})

test('a missing ffprobe is named, not blamed on the file', async () => {
  const broken = createMediaTools({ ...bundledTools, ffprobe: () => '/nowhere/ffprobe' })
  await expect(broken.inspect(await makeClip())).rejects.toMatchObject({
    text: { key: 'media.tool-missing' },
  })
})

test('tools tell their version, and others are not taken for them', async () => {
  await expect(tools.version('ffprobe', bundledTools.ffprobe())).resolves.toMatch(/^4\.0/)
  await expect(tools.version('ffmpeg', bundledTools.ffmpeg())).resolves.not.toBe('')
  await expect(tools.version('ffmpeg', bundledTools.ffprobe())).rejects.toMatchObject({
    text: { key: 'media.tool-wrong' },
  })
  await expect(tools.version('ffmpeg', process.execPath)).rejects.toMatchObject({
    text: { key: 'media.tool-wrong' },
  })
  await expect(tools.version('ffmpeg', '/nowhere')).rejects.toMatchObject({
    text: { key: 'media.tool-missing' },
  })
})
