import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type ClipFacts, facts as factsSchema } from '../../preload/contract'
import { type ClipShape, makeClip } from '../support/make-media'
import { failing, mediaFolder, tools } from '../support/media-folder'

const { folder } = mediaFolder()

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
      'a clip with audio',
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
      'rotated by 90',
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
      'audio alone',
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

  test('headers without samples are not a clip', async () => {
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

  test('frames hidden by an edit list count for readers that ignore it', async () => {
    const found = await tools.inspect(
      await makeClip({ seconds: 6, hidden: 1.5, sound: 'tone', keyframes: 300 }),
    )
    if (found.kind !== 'video') throw new Error('expected a clip')
    expect(found.durations.ignoringEdits).toBeCloseTo(6, 1)
    expect(found.durations.video).toBeCloseTo(4.5, 1)
  })

  test('the name of a file has no influence', async () => {
    const path = join(folder, 'photo.jpg')
    await copyFile(await makeClip(), path)
    expect(await tools.inspect(path)).toMatchObject({ kind: 'video', container: 'mp4' })
  })

  test.each(['-i.mp4', 'a b & c.mp4', 'http:host.mp4', '电影 🎬.mp4', "it's.mp4", '%d.mp4'])(
    'a file can have the name %s',
    async (name) => {
      const path = join(folder, name)
      await copyFile(await makeClip(), path)
      expect(await tools.inspect(path)).toMatchObject({ kind: 'video', width: 320 })
    },
  )
})
