import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rotationOf } from '../../../main/media/clips/probe'
import { createMediaTools } from '../../../main/media/create-media-tools'
import { checkFile } from '../../../main/preflight'
import { bundledTools } from '../../../main/tools/tool-paths'
import type { Facts } from '../../../preload/contract'
import { type ClipShape, makeClip } from '../../support/make-media'
import { temporaryFolder } from '../../support/temporary-folder'
import { newerTool } from '../../support/test-tools'

/** The ffprobe of this computer, if its version differs from the bundled one. */
const other = newerTool('ffprobe')
const reason = 'no ffprobe of version 5 or newer on this computer (apt install ffmpeg)'

const rounded = (value: unknown): unknown => {
  if (typeof value === 'number') return Math.round(value * 50) / 50
  if (Array.isArray(value)) return value.map(rounded)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]))
  return value
}

const verdictOf = (facts: Facts, path: string) => {
  const { verdict, findings } = checkFile(facts, path)
  return {
    verdict,
    findings: findings.map(({ rule, level, remedy, measured }) => ({
      rule,
      level,
      remedy,
      measured: rounded(measured),
    })),
  }
}

describe.skipIf(other === null)(
  `the same verdict with a newer ffprobe${other ? '' : ` (skipped: ${reason})`}`,
  () => {
    test.each<[string, ClipShape]>([
      ['an ordinary clip', { sound: 'tone' }],
      ['turned by 90', { rotation: 90 }],
      ['turned by 180', { rotation: 180 }],
      ['turned by 270', { rotation: 270, codec: 'hevc', extension: '.mov' }],
      ['fragments', { fragmented: true, sound: 'tone' }],
      ['fragments with B-frames', { fragmented: true, bFrames: 3 }],
      ['an edit list', { seconds: 6, hidden: 1.5, sound: 'tone', keyframes: 300 }],
      ['an edit list without sound', { seconds: 11, hidden: 1.5, keyframes: 400, rate: 15 }],
      ['a late picture', { seconds: 5, late: 0.7, sound: 'tone' }],
      ['B-frames', { bFrames: 3, sound: 'tone' }],
      ['a rate that varies', { variableRate: true }],
      ['NTSC', { rate: '30000/1001' }],
      ['120 frames a second', { rate: 120, seconds: 2 }],
      ['two video tracks', { twoTracks: true }],
      ['cover art', { coverArt: true, sound: 'tone' }],
      ['sound alone', { codec: 'none', sound: 'tone' }],
      ['time codes', { timecode: true, extension: '.mov' }],
      ['anamorphic', { sar: '4/3' }],
      ['HEVC', { codec: 'hevc' }],
      ['VP9', { codec: 'vp9' }],
      ['AV1', { codec: 'av1', rate: 5, seconds: 2 }],
      ['ProRes', { codec: 'prores', extension: '.mov' }],
      ['DNxHD', { codec: 'dnxhd', extension: '.mov' }],
      ['MJPEG', { codec: 'mjpeg', extension: '.mov' }],
      ['PQ', { codec: 'hevc', hdr: 'pq' }],
      ['HLG', { codec: 'hevc', hdr: 'hlg' }],
      ['PCM', { extension: '.mov', sound: 'tone', audioCodec: 'pcm_s16le' }],
      ['MKV', { extension: '.mkv', sound: 'tone' }],
      ['WebM', { extension: '.webm', codec: 'vp9', sound: 'tone', audioCodec: 'opus' }],
      ['AVI', { extension: '.avi', codec: 'mpeg4' }],
      ['a transport stream', { extension: '.ts', sound: 'tone' }],
      ['3GP', { extension: '.3gp' }],
      ['encryption', { encrypted: true }],
      ['a cut behind the index', { faststart: true, keep: 0.5 }],
      ['a cut before the index', { keep: 0.5 }],
      ['a tail of sound', { seconds: 9.9, soundSeconds: 10.06, sound: 'tone', rate: 10 }],
    ])('%s', async (_, shape) => {
      const path = await makeClip(shape)
      const ours = await createMediaTools(bundledTools).inspect(path)
      const newer = createMediaTools({ ...bundledTools, ffprobe: () => other ?? '' })
      expect(verdictOf(await newer.inspect(path), path)).toEqual(verdictOf(ours, path))
    })
  },
)

describe('both forms of a rotation', () => {
  const stream = { index: 0, disposition: {}, tags: {}, side_data_list: [] }
  const matrix = (rotation: number) => [{ side_data_type: 'Display Matrix', rotation }]
  test.each([0, 90, 180, 270])('%i degrees', (degrees) => {
    const opposite = degrees === 0 ? 0 : -degrees
    const spelled = (more: object) =>
      rotationOf({ ...blank, ...stream, ...more } as Parameters<typeof rotationOf>[0])
    // Up to version 4: a tag and a matrix. From 5 on: the matrix alone. Old files of other writers: the tag alone.
    expect(spelled({ tags: { rotate: `${degrees}` }, side_data_list: matrix(opposite) })).toBe(
      degrees,
    )
    expect(spelled({ side_data_list: matrix(opposite) })).toBe(degrees)
    expect(spelled({ side_data_list: matrix(opposite === -270 ? 90 : opposite) })).toBe(degrees)
    expect(spelled({ tags: { rotate: `${degrees}` } })).toBe(degrees)
    expect(spelled({ tags: { rotate: `${degrees - 360}` } })).toBe(degrees)
  })
})

const blank = {
  width: null,
  height: null,
  r_frame_rate: null,
  avg_frame_rate: null,
  duration: null,
  start_time: null,
  channels: null,
  sample_rate: null,
}

test.skipIf(process.platform === 'win32')(
  'the duration of a container is the one in its index, whatever ffprobe reports',
  async () => {
    const path = await makeClip({ seconds: 11, hidden: 1.5, keyframes: 400, rate: 15 })
    // ffprobe 7 leaves out what the edit list hides.
    const newer = join(temporaryFolder(), 'ffprobe')
    const shorter = `sed 's/"duration": "11.000000"/"duration": "9.500000"/'`
    writeFileSync(newer, `#!/bin/sh\n'${bundledTools.ffprobe()}' "$@" | ${shorter}\n`)
    chmodSync(newer, 0o755)
    const ours = await createMediaTools(bundledTools).inspect(path)
    const tools = createMediaTools({ ...bundledTools, ffprobe: () => newer })
    expect(ours).toMatchObject({ durations: { container: 11, video: 9.5, ignoringEdits: 11 } })
    expect(await tools.inspect(path)).toEqual(ours)
  },
)
