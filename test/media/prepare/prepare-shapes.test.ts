import { describe, expect, test } from 'vitest'
import { checkFile, remediesOf } from '../../../main/preflight'
import type { Remedy } from '../../../preload/contract'
import { readFrameNumbers } from '../../support/frame-numbers'
import { type ClipShape, makeClip } from '../../support/make-media'
import { mediaFolder, tools } from '../../support/media-folder'

const { prepare } = mediaFolder()

const range = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => from + index)

describe('rotation, size and colour', () => {
  test.each([90, 180, 270] as const)(
    'applies a rotation of %i degrees to the pixels',
    async (rotation) => {
      const { source, facts, output } = await prepare(
        { seconds: 3, picture: 'numbered', rotation },
        { start: 0.5, end: 2.5 },
      )
      expect(source.rotation).toBe(rotation)
      expect(facts).toMatchObject({ rotation: 0, width: source.width, height: source.height })
      expect(facts.codedWidth).toBe(source.width)
      expect(await readFrameNumbers(output, { turned: rotation })).toEqual(range(15, 60))
    },
  )

  test('makes pixels square', async () => {
    const { facts } = await prepare({ seconds: 3, sar: '4/3' }, { start: 0, end: 2 })
    expect(facts).toMatchObject({ sar: '1:1', width: 426, height: 240 })
  })

  test.each<[string, ClipShape, Remedy[], [number, number]]>([
    ['small', { width: 160, height: 120 }, ['scale'], [320, 240]],
    ['odd', { width: 162, height: 122, rotation: 90 }, ['scale'], [240, 318]],
    ['wide', { width: 4200, height: 1000, rate: 5 }, ['scale'], [4096, 976]],
    ['very wide, padded', { width: 1600, height: 100, rate: 10 }, ['pad'], [1600, 240]],
    ['very wide, cropped', { width: 3000, height: 300, rate: 10 }, ['crop'], [2400, 300]],
    ['very tall, padded', { width: 100, height: 4400, rate: 10 }, ['pad'], [512, 4096]],
  ])('brings a %s clip inside the limits', async (_, shape, remedies, [width, height]) => {
    const { facts, report } = await prepare({ seconds: 2, ...shape }, null, remedies)
    expect([facts.width, facts.height]).toEqual([width, height])
    expect(report.verdict).toBe('pass')
  })

  test.each(['pq', 'hlg'] as const)('converts %s to standard range', async (hdr) => {
    const { source, facts, report } = await prepare({ seconds: 2, codec: 'hevc', hdr }, null, [
      'tone-map',
    ])
    expect(source.hdr).toBe(true)
    expect(facts).toMatchObject({ hdr: false, codec: 'h264' })
    expect(report.verdict).toBe('pass')
  })

  test('makes the frame rate constant', async () => {
    const { source, facts, report } = await prepare({ seconds: 3, variableRate: true }, null, [
      'constant-rate',
    ])
    expect(source.variableFrameRate).toBe(true)
    expect(facts.variableFrameRate).toBe(false)
    expect(facts.durations.video).toBeCloseTo(3, 1)
    expect(report.verdict).toBe('pass')
  })

  test('lowers a frame rate above 60', async () => {
    const { facts, report } = await prepare({ seconds: 2, rate: 120 }, null, ['constant-rate'])
    expect(facts.frameRate).toBe(60)
    expect(report.verdict).toBe('pass')
  })
})

describe('containers and tracks', () => {
  test.each<[string, ClipShape, Remedy]>([
    ['MKV', { extension: '.mkv', sound: 'tone' }, 'remux'],
    ['3GP', { extension: '.3gp', sound: 'tone' }, 'remux'],
    ['a transport stream', { extension: '.ts', sound: 'tone' }, 'remux'],
    ['AVI', { extension: '.avi', codec: 'mpeg4' }, 're-encode'],
    ['WebM', { extension: '.webm', codec: 'vp9' }, 're-encode'],
  ])('%s becomes an MP4 that passes', async (_, shape, remedy) => {
    const path = await makeClip({ seconds: 3, ...shape })
    const offered = remediesOf(checkFile(await tools.inspect(path), path))
    expect(offered).toContain(remedy)
    const { facts, report } = await prepare({ seconds: 3, ...shape }, null, [remedy])
    expect(facts.container).toBe('mp4')
    expect(report.verdict).toBe('pass')
  })

  test('keeps the first of two video tracks', async () => {
    const { source, facts } = await prepare({ twoTracks: true }, null, ['keep-first-track'])
    expect([source.videoTracks, facts.videoTracks]).toEqual([2, 1])
  })

  test('drops cover art', async () => {
    const { source, report } = await prepare(
      { coverArt: true, sound: 'tone' },
      { start: 0.5, end: 2.5 },
    )
    expect(source.videoTracks).toBe(1)
    expect(report.verdict).toBe('pass')
  })
})
