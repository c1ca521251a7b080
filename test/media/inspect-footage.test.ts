import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { checkFile, remediesOf } from '../../main/preflight'
import type { ClipFacts, Level, Remedy, RuleId } from '../../preload/contract'
import { type ClipShape, cachedFile, ffmpeg, makeClip } from '../support/make-media'
import { levelsOf, mediaFolder, tools } from '../support/media-folder'

const { fresh } = mediaFolder()

type Expected = Partial<Record<RuleId, Level>>

/** A clip of an action camera with a telemetry track, here a subtitle track under the name that cameras use. */
const withDataTrack = () =>
  cachedFile({ tracks: 'gpmd' }, 'data.mp4', async (path) => {
    const words = fresh('.srt')
    await writeFile(words, '1\n00:00:00,000 --> 00:00:03,000\nwords\n')
    await ffmpeg(
      ...['-i', await makeClip({ sound: 'tone' }), '-i', words, '-map', '0', '-map', '1'],
      ...['-c', 'copy', '-c:s', 'mov_text', '-f', 'mp4', path],
    )
    const bytes = await readFile(path)
    bytes.write('meta', bytes.indexOf('sbtl'))
    bytes.write('gpmd', bytes.indexOf('tx3g'))
    await writeFile(path, bytes)
  })

describe('footage gets the right verdict', () => {
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
      'a start hidden by an edit list',
      { seconds: 6, hidden: 1.5, sound: 'tone', keyframes: 300 },
      {},
      {},
      [],
    ],
    [
      'a hidden start that the movie header still counts',
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
      'a variable frame rate',
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
      'audio alone in an MP4',
      { codec: 'none', sound: 'tone' },
      { videoTracks: 0, container: 'mp4' },
      { video_track: 'fail' },
      [],
    ],
    [
      'a timecode track',
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
      'audio that is longer',
      { seconds: 9.9, soundSeconds: 10.06, sound: 'tone', rate: 10 },
      {},
      { duration: 'warn' },
      ['re-encode'],
    ],
    [
      'audio that is much longer',
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

  test('a telemetry track is accepted, and is not sent', async () => {
    const path = await withDataTrack()
    expect((await readFile(path)).includes('gpmd')).toBe(true)
    const facts = await tools.inspect(path)
    expect(facts).toMatchObject({ videoTracks: 1, audio: [expect.anything()], complete: true })
    expect(levelsOf(facts, path)).toEqual({})
    const output = fresh('.mp4')
    const recipe = { selection: { start: 0, end: 2.5 }, remedies: [], background: '#000000' }
    await tools.prepare({ path, facts, ...recipe }, output)
    expect((await readFile(output)).includes('gpmd')).toBe(false)
    expect(levelsOf(await tools.inspect(output), output)).toEqual({})
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
    const path = fresh('.mp4')
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
