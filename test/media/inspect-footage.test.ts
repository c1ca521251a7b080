import { copyFile, mkdir, mkdtemp, open, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMediaTools } from '../../main/media/media-tools-here'
import { bundledTools } from '../../main/media/tool-paths'
import { checkFile, remediesOf } from '../../main/preflight'
import type { ClipFacts, Facts, Level, Remedy, RuleId } from '../../preload/contract'
import { type ClipShape, makeClip } from '../support/make-media'

const tools = createMediaTools(bundledTools)
let folder = ''
let made = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reshoot-footage-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const levelsOf = (facts: Facts, path: string): Partial<Record<RuleId, Level>> =>
  Object.fromEntries(
    checkFile(facts, path)
      .findings.filter(({ level, rule }) => level !== 'pass' && rule !== 'audio')
      .map(({ rule, level }) => [rule, level]),
  )

type Expected = Partial<Record<RuleId, Level>>

describe('footage is judged right', () => {
  test.each<[string, ClipShape, Partial<ClipFacts>, Expected, Remedy[]]>([
    [
      'a phone held upright',
      { rotation: 90, sound: 'tone' },
      { width: 240, height: 320 },
      { rotation: 'info' },
      [],
    ],
    ['a phone upside down', { rotation: 180 }, { width: 320 }, { rotation: 'info' }, []],
    ['a phone on its other side', { rotation: 270 }, { width: 240 }, { rotation: 'info' }, []],
    ['fragments, as browsers record', { fragmented: true, sound: 'tone' }, {}, {}, []],
    [
      'a start that an edit list hides',
      { seconds: 6, hidden: 1.5, sound: 'tone', keyframes: 300 },
      {},
      {},
      [],
    ],
    [
      'a start that is hidden, though the movie header still counts it',
      { seconds: 11, hidden: 1.5, keyframes: 400, rate: 15 },
      {},
      { duration: 'fail' },
      ['re-encode'],
    ],
    [
      'an empty edit: the picture begins late',
      { seconds: 5, late: 0.7, sound: 'tone' },
      { videoStart: expect.closeTo(0.7, 1) },
      {},
      [],
    ],
    [
      'B-frames, shifted by an edit list',
      { bFrames: 3, sound: 'tone' },
      {
        durations: expect.objectContaining({
          video: expect.closeTo(3, 2),
          ignoringEdits: expect.closeTo(3, 2),
        }),
      },
      {},
      [],
    ],
    [
      'a rate that varies',
      { variableRate: true },
      { variableFrameRate: true },
      { frame_rate: 'warn' },
      ['constant-rate'],
    ],
    [
      'several video tracks',
      { twoTracks: true },
      { videoTracks: 2 },
      { video_track: 'warn' },
      ['keep-first-track'],
    ],
    ['cover art', { coverArt: true, sound: 'tone' }, { videoTracks: 1, codec: 'h264' }, {}, []],
    [
      'sound alone in an MP4',
      { codec: 'none', sound: 'tone' },
      { videoTracks: 0, container: 'mp4' },
      { video_track: 'fail' },
      [],
    ],
    [
      'a track of time codes',
      { timecode: true, extension: '.mov', sound: 'tone' },
      { videoTracks: 1, audio: [expect.anything()] },
      {},
      [],
    ],
    ['pixels that are not square', { sar: '4/3' }, { sar: '4:3', width: 320, height: 240 }, {}, []],
    ['HEVC', { codec: 'hevc' }, { codec: 'hevc' }, {}, []],
    [
      'AV1',
      { codec: 'av1', rate: 5, seconds: 2 },
      { codec: 'av1' },
      { codec: 'warn' },
      ['re-encode'],
    ],
    ['VP9 in MP4', { codec: 'vp9' }, { codec: 'vp9' }, { codec: 'warn' }, ['re-encode']],
    [
      'ProRes',
      { codec: 'prores', extension: '.mov' },
      { codec: 'prores' },
      { codec: 'warn' },
      ['re-encode'],
    ],
    [
      'DNxHD',
      { codec: 'dnxhd', extension: '.mov' },
      { codec: 'dnxhd' },
      { codec: 'warn' },
      ['re-encode'],
    ],
    [
      'MJPEG',
      { codec: 'mjpeg', extension: '.mov' },
      { codec: 'mjpeg' },
      { codec: 'warn' },
      ['re-encode'],
    ],
    ['H.264 of 10 bits', { pixelFormat: 'yuv420p10le' }, { codec: 'h264' }, {}, []],
    ['H.264 in 4:4:4', { pixelFormat: 'yuv444p' }, { codec: 'h264' }, {}, []],
    ['HEVC of 10 bits', { codec: 'hevc', pixelFormat: 'yuv420p10le' }, { hdr: false }, {}, []],
    ['PQ', { codec: 'hevc', hdr: 'pq' }, { hdr: true }, { hdr: 'warn' }, ['tone-map']],
    ['HLG', { codec: 'hevc', hdr: 'hlg' }, { hdr: true }, { hdr: 'warn' }, ['tone-map']],
    [
      'QuickTime with PCM',
      { extension: '.mov', sound: 'tone', audioCodec: 'pcm_s16le' },
      { audio: [expect.objectContaining({ codec: 'pcm_s16le' })] },
      {},
      [],
    ],
    ['the index at the end', { faststart: false }, { complete: true }, {}, []],
    [
      '3GP',
      { extension: '.3gp' },
      { container: '3gp' },
      { container: 'fail', extension: 'warn' },
      ['remux'],
    ],
    [
      'M4A',
      { codec: 'none', sound: 'tone', extension: '.m4a' },
      { container: 'm4a' },
      { container: 'fail', extension: 'warn', video_track: 'fail' },
      [],
    ],
    [
      'MKV',
      { extension: '.mkv', sound: 'tone' },
      { container: 'mkv' },
      { container: 'fail', extension: 'warn' },
      ['remux'],
    ],
    ['portrait', { width: 360, height: 640 }, { width: 360, height: 640 }, {}, []],
    ['ultra-wide', { width: 1720, height: 240, rate: 10 }, {}, {}, []],
    [
      'wider than eight to one',
      { width: 1930, height: 240, rate: 10 },
      {},
      { aspect: 'fail' },
      ['pad'],
    ],
    ['one pixel too small', { width: 320, height: 238 }, {}, { height: 'fail' }, ['scale']],
    ['a little too short', { seconds: 1.9 }, {}, { duration: 'fail' }, []],
    ['a little too long', { seconds: 10.2, rate: 10 }, {}, { duration: 'fail' }, ['trim']],
    [
      'a tail of sound',
      { seconds: 9.9, soundSeconds: 10.06, sound: 'tone', rate: 10 },
      {},
      { duration: 'warn' },
      ['re-encode'],
    ],
    [
      'a long tail of sound',
      { seconds: 9.9, soundSeconds: 10.5, sound: 'tone', rate: 10 },
      {},
      { duration: 'fail' },
      ['re-encode'],
    ],
    ['encryption', { encrypted: true }, { encrypted: true }, { protected: 'fail' }, []],
  ])('%s', async (_, shape, expected, levels, remedies) => {
    const path = await makeClip(shape)
    const facts = await tools.inspect(path)
    expect(facts).toMatchObject({ kind: 'video', ...expected })
    expect(levelsOf(facts, path)).toEqual(levels)
    expect(remediesOf(checkFile(facts, path)).filter((remedy) => remedy !== 'rename')).toEqual(
      remedies,
    )
  })

  test.each([
    ['isom', 'mp4'],
    ['iso6', 'mp4'],
    ['mp41', 'mp4'],
    ['mp42', 'mp4'],
    ['avc1', 'mp4'],
    ['MSNV', 'mp4'],
    ['XAVC', 'mp4'],
    ['NDSC', 'mp4'],
    ['M4V ', 'mp4'],
    ['f4v ', 'mp4'],
    ['dash', 'mp4'],
    ['qt  ', 'mov'],
    ['3gp4', '3gp'],
    ['3g2a', '3gp'],
    ['M4A ', 'm4a'],
    ['M4B ', 'm4a'],
    ['wxyz', 'mp4'],
  ])('the brand %s is %s', async (brand, container) => {
    const path = join(folder, `${made++}.mp4`)
    const bytes = await readFile(await makeClip())
    bytes.write(brand, 8, 'latin1')
    await writeFile(path, bytes)
    expect(await tools.inspect(path)).toMatchObject({
      kind: 'video',
      container,
      brand: brand.trim(),
    })
  })
})

describe('data that is missing is noticed', () => {
  const spoiled = async (shape: ClipShape, spoil: (bytes: Buffer) => Buffer) => {
    const source = await makeClip(shape)
    const path = join(folder, `${made++}${shape.extension ?? '.mp4'}`)
    await writeFile(path, spoil(Buffer.from(await readFile(source))))
    return { path, facts: await tools.inspect(path) }
  }
  const long: ClipShape = { seconds: 6, faststart: true, sound: 'tone', picture: 'noise' }

  test.each<[string, ClipShape, (bytes: Buffer) => Buffer]>([
    [
      'the end never arrived and is zeros',
      long,
      (bytes) => bytes.fill(0, Math.floor(bytes.length * 0.8)),
    ],
    [
      'a hole in the middle',
      long,
      (bytes) => bytes.fill(0, Math.floor(bytes.length * 0.4), Math.floor(bytes.length * 0.6)),
    ],
    [
      'everything but the index is zeros',
      long,
      (bytes) => bytes.fill(0, bytes.indexOf('mdat') + 4),
    ],
    ['one byte short', { faststart: true }, (bytes) => bytes.subarray(0, -1)],
    [
      'an MKV cut off',
      { extension: '.mkv', seconds: 5 },
      (bytes) => bytes.subarray(0, bytes.length * 0.7),
    ],
    [
      'an AVI cut off',
      { extension: '.avi', codec: 'mpeg4' },
      (bytes) => bytes.subarray(0, bytes.length * 0.9),
    ],
  ])('%s', async (_, shape, spoil) => {
    const { facts, path } = await spoiled(shape, spoil)
    expect(facts).toMatchObject({ kind: 'video', complete: false })
    const report = checkFile(facts, path)
    expect(report.verdict).toBe('fail')
    expect(remediesOf(report).filter((remedy) => remedy !== 'rename')).toEqual([])
  })

  test('fragments that are missing are known by the length that was promised', async () => {
    const bytes = Buffer.from(
      await readFile(await makeClip({ seconds: 6, fragmented: true, keyframes: 30 })),
    )
    const [moov, mvex] = [bytes.indexOf('moov') - 4, bytes.indexOf('mvex') - 4]
    const timescale = bytes.readUInt32BE(bytes.indexOf('mvhd') + 16)
    const mehd = Buffer.alloc(16)
    mehd.writeUInt32BE(16, 0)
    mehd.write('mehd', 4, 'latin1')
    mehd.writeUInt32BE(6 * timescale, 12)
    bytes.writeUInt32BE(bytes.readUInt32BE(moov) + 16, moov)
    bytes.writeUInt32BE(bytes.readUInt32BE(mvex) + 16, mvex)
    const whole = Buffer.concat([bytes.subarray(0, mvex + 8), mehd, bytes.subarray(mvex + 8)])
    const fragments = [...whole.toString('latin1').matchAll(/moof/g)].map(({ index }) => index - 4)
    const path = join(folder, 'fragments.mp4')
    await writeFile(path, whole)
    expect(await tools.inspect(path)).toMatchObject({ complete: true })
    await writeFile(path, whole.subarray(0, fragments[3]))
    expect(await tools.inspect(path)).toMatchObject({ complete: false })
  })

  test('silence and darkness are not holes', async () => {
    const path = await makeClip({ picture: 'black', sound: 'beeps', seconds: 4, faststart: true })
    expect(await tools.inspect(path)).toMatchObject({ complete: true })
    const pcm = await makeClip({
      picture: 'black',
      sound: 'beeps',
      audioCodec: 'pcm_s16le',
      extension: '.mov',
    })
    expect(await tools.inspect(pcm)).toMatchObject({ complete: true })
  })

  test('a file that is still being written is looked at again when it is done', async () => {
    const bytes = await readFile(await makeClip({ seconds: 4, sound: 'tone' }))
    const path = join(folder, 'growing.mp4')
    await writeFile(path, bytes.subarray(0, bytes.length / 2))
    expect(levelsOf(await tools.inspect(path), path)).toMatchObject({ readable: 'fail' })
    const handle = await open(path, 'a')
    const looking = tools.inspect(path)
    await handle.write(bytes.subarray(bytes.length / 2))
    await handle.close()
    expect((await looking).kind).toBe('video')
    expect(levelsOf(await tools.inspect(path), path)).toEqual({})
  })
})

describe('names and places', () => {
  test.each([
    ['of 255 bytes', `${'x'.repeat(251)}.mp4`],
    ['in Chinese', `${'视频'.repeat(30)}.mp4`],
    ['with accents written as two letters', 'Cafe\u0301.mp4'],
    ['from right to left', 'וידאו.mp4'],
    ['with a line break', 'one\ntwo.mp4'],
    ['like an option', '--help.mp4'],
    ['like a sequence', 'clip%03d.mp4'],
    ['like a list', 'concat:a|b.mp4'],
    ['like a pipe', 'pipe:0.mp4'],
    ['with a space at its end', 'clip.mp4 '],
  ])('a name %s', async (_, name) => {
    const path = join(folder, name)
    await copyFile(await makeClip(), path)
    const facts = await tools.inspect(path)
    expect(facts).toMatchObject({ kind: 'video', width: 320, complete: true })
    const output = join(folder, `${made++}.mp4`)
    const recipe = { selection: { start: 0, end: 2.5 }, remedies: [], background: '#000000' }
    await tools.prepare({ path, facts, ...recipe }, output)
    expect(checkFile(await tools.inspect(output), output).verdict).toBe('pass')
  })

  test('a very long path', async () => {
    const deep = join(folder, ...Array.from({ length: 14 }, () => 'd'.repeat(240)))
    await mkdir(deep, { recursive: true })
    const path = join(deep, 'clip.mp4')
    await copyFile(await makeClip(), path)
    expect(await tools.inspect(path)).toMatchObject({ kind: 'video', width: 320 })
  })

  test('links: to a clip, to nothing, to themselves', async () => {
    const [good, broken, loop] = ['good', 'broken', 'loop'].map((name) =>
      join(folder, `${name}.mp4`),
    )
    await symlink(await makeClip(), good ?? '')
    await symlink(join(folder, 'nowhere'), broken ?? '')
    await symlink(loop ?? '', loop ?? '')
    expect(await tools.inspect(good ?? '')).toMatchObject({ kind: 'video', width: 320 })
    expect(await tools.inspect(broken ?? '')).toMatchObject({ unreadable: 'missing' })
    expect(await tools.inspect(loop ?? '')).toMatchObject({ kind: 'other' })
  })
})
