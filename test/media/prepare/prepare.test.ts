import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createMediaTools } from '../../../main/media/create-media-tools'
import { forecast } from '../../../main/preflight'
import { bundledFfprobe } from '../../../main/tools/tool-paths'
import type { Remedy, Selection } from '../../../preload/contract'
import { readFrameNumbers, readSync } from '../../support/frame-numbers'
import { type ClipShape, makeClip } from '../../support/make-media'
import { clipOf, mediaFolder, tools } from '../../support/media-folder'
import { testTools } from '../../support/test-tools'

const run = promisify(execFile)

const { folder, prepare } = mediaFolder()

/** Seconds of the video for readers that ignore edit lists. */
const lengthIgnoringEdits = async (path: string) => {
  const { stdout } = await run(bundledFfprobe(), [
    '-v',
    'error',
    '-ignore_editlist',
    '1',
    '-select_streams',
    'v:0',
    '-count_packets',
    '-show_entries',
    'stream=duration,nb_read_packets',
    '-of',
    'csv=p=0',
    path,
  ])
  return stdout.trim().split(',').map(Number)
}

const range = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => from + index)

describe('a cut', () => {
  test.each<[string, ClipShape, Selection, number, number]>([
    [
      'in the middle of a group of pictures',
      { seconds: 6, keyframes: 120 },
      { start: 1.3, end: 3.3 },
      39,
      60,
    ],
    [
      'at a typed time between frames',
      { seconds: 6, keyframes: 120 },
      { start: 1.32, end: 3.32 },
      40,
      60,
    ],
    [
      'at a frame whose time is no round number',
      { seconds: 6 },
      { start: 20 / 30, end: 20 / 30 + 2 },
      20,
      60,
    ],
    ['from the first frame', { seconds: 6 }, { start: 0, end: 2.5 }, 0, 75],
    ['to the last frame', { seconds: 6 }, { start: 4, end: 6 }, 120, 60],
    [
      'at 29.97 frames a second',
      { seconds: 6, rate: '30000/1001' },
      { start: (30 * 1001) / 30000, end: (90 * 1001) / 30000 },
      30,
      60,
    ],
    [
      'at 23.976 frames a second',
      { seconds: 6, rate: '24000/1001' },
      { start: (25 * 1001) / 24000, end: (75 * 1001) / 24000 },
      25,
      50,
    ],
    [
      'with many B-frames',
      { seconds: 6, bFrames: 5, keyframes: 100 },
      { start: 2.1, end: 4.1 },
      63,
      60,
    ],
    ['of HEVC', { seconds: 6, codec: 'hevc', extension: '.mov' }, { start: 2.1, end: 4.1 }, 63, 60],
    ['with sound', { seconds: 6, sound: 'tone', keyframes: 150 }, { start: 2.1, end: 4.1 }, 63, 60],
    [
      'of a fragmented file',
      { seconds: 6, fragmented: true, keyframes: 30 },
      { start: 2.1, end: 4.1 },
      63,
      60,
    ],
    ['at 60 frames a second', { seconds: 4, rate: 60 }, { start: 1.05, end: 3.05 }, 63, 120],
  ])('%s begins and ends with the selected frames', async (_, shape, selection, first, count) => {
    const { output, facts, report } = await prepare(
      { ...shape, picture: 'numbered', codec: shape.codec ?? 'h264' },
      selection,
    )
    expect(await readFrameNumbers(output)).toEqual(range(first, count))
    const rate = facts.frameRate ?? 0
    expect(facts.durations.video).toBeCloseTo(count / rate, 3)
    const [seconds, packets] = await lengthIgnoringEdits(output)
    expect(seconds).toBeCloseTo(count / rate, 3)
    expect(packets).toBe(count)
    expect(report.verdict).toBe('pass')
  })

  test('keeps audio and video in sync', async () => {
    const { output, facts } = await prepare(
      { seconds: 6, picture: 'flash', sound: 'beeps', keyframes: 200 },
      { start: 1.5, end: 4.5 },
    )
    const { flashes, beeps } = await readSync(output)
    expect(flashes).toHaveLength(3)
    expect(beeps).toHaveLength(3)
    flashes.forEach((flash, at) => {
      expect(flash).toBeCloseTo(0.5 + at, 1)
      expect(Math.abs(flash - (beeps[at] ?? 0))).toBeLessThanOrEqual(0.04)
    })
    expect(facts.audio).toEqual([{ codec: 'aac', channels: 2, sampleRate: 48_000 }])
  })

  test('applies an edit list of the source', async () => {
    const shape: ClipShape = {
      seconds: 6,
      hidden: 1,
      picture: 'flash',
      sound: 'beeps',
      keyframes: 300,
    }
    const { output, source } = await prepare(shape, { start: 0.5, end: 3.5 })
    expect(source.durations.ignoringEdits).toBeGreaterThan((source.durations.video ?? 0) - 0.001)
    const { flashes, beeps } = await readSync(output)
    flashes.forEach((flash, at) => {
      expect(Math.abs(flash - (beeps[at] ?? 0))).toBeLessThanOrEqual(0.04)
    })
    expect(flashes.length).toBeGreaterThanOrEqual(2)
  })

  test('of exactly ten seconds stays within the limit with its audio', async () => {
    const { report, facts } = await prepare({ seconds: 12, sound: 'tone' }, { start: 1, end: 11 })
    expect(facts.durations.video).toBeCloseTo(10, 3)
    expect(facts.durations.container).toBeLessThanOrEqual(10)
    expect(report.verdict).toBe('pass')
  })

  test.each([
    ['ten seconds at 29.97', { seconds: 12, rate: '30000/1001' }, { start: 0.5, end: 10.5 }],
    ['two seconds at 29.97', { seconds: 4, rate: '30000/1001' }, { start: 0.5, end: 2.5 }],
  ])('of %s is rounded to frames that are allowed', async (_, shape, selection) => {
    const { report } = await prepare(shape, selection)
    expect(report.findings.find(({ rule }) => rule === 'duration')).toMatchObject({ level: 'pass' })
  })

  test('of a clip that begins with audio fills the start with the first frame', async () => {
    const { facts } = await prepare(
      { seconds: 5, sound: 'tone', soundSeconds: 4 },
      { start: 1, end: 4.5 },
    )
    expect(facts.durations.video).toBeCloseTo(3.5, 3)
  })

  test('without a selection keeps the duration', async () => {
    const { facts, source } = await prepare({ seconds: 3, picture: 'numbered' }, null, [
      're-encode',
    ])
    expect(facts.durations.video).toBeCloseTo(source.durations.video ?? 0, 3)
  })
})

test('the result is as predicted', async () => {
  const shapes: [ClipShape, Selection | null, Remedy[]][] = [
    [{ seconds: 6, sound: 'tone', rotation: 90 }, { start: 1.11, end: 4.2 }, []],
    [{ seconds: 3, sar: '4/3' }, null, ['re-encode']],
    [{ seconds: 3, variableRate: true, width: 200, height: 202 }, null, ['scale', 'constant-rate']],
    [{ seconds: 3, extension: '.mkv' }, null, ['remux']],
  ]
  for (const [shape, selection, remedies] of shapes) {
    const { source, facts } = await prepare(shape, selection, remedies)
    const fix = { remedies, background: '#000000' }
    const told = forecast('a.mkv', source, selection, fix)
    const {
      bytes: _bytes,
      durations,
      duration: _length,
      frameRate,
      audio: _audio,
      ...said
    } = clipOf(told.facts)
    expect(facts).toMatchObject(said)
    expect(facts.durations.video).toBeCloseTo(durations.video ?? 0, 1)
    expect(facts.frameRate).toBeCloseTo(frameRate ?? 0, 1)
    expect(told.report.verdict).toBe('pass')
  }
})

test('the command gives the same result in a shell', async () => {
  const { command, output } = await prepare({ seconds: 4 }, { start: 1, end: 3 })
  const before = (await stat(output)).size
  await rm(output)
  await run('/bin/sh', ['-c', command])
  expect((await stat(output)).size).toBe(before)
})

test('progress is relative to the selection and ends at 1', async () => {
  const path = await makeClip({ seconds: 10, width: 640, height: 480, sound: 'tone' })
  const facts = await tools.inspect(path)
  const seen: number[] = []
  const preparation = {
    path,
    facts,
    selection: { start: 5, end: 9 },
    remedies: [],
    background: '#000000',
  }
  await tools.prepare(preparation, join(folder, 'progress.mp4'), {
    onProgress: (fraction) => seen.push(fraction),
  })
  expect(seen.at(-1)).toBe(1)
  expect(seen.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true)
  expect(seen).toEqual([...seen].sort((a, b) => a - b))
})

test('cancelling ends ffmpeg and leaves nothing behind', async () => {
  const own = await mkdtemp(join(folder, 'cancel-'))
  const path = await makeClip({ seconds: 8, width: 960, height: 540 })
  const facts = await tools.inspect(path)
  const stopping = new AbortController()
  const work = { signal: stopping.signal, onProgress: () => stopping.abort() }
  const preparation = {
    path,
    facts,
    selection: null,
    remedies: ['re-encode' as const],
    background: '#000000',
  }
  await expect(tools.prepare(preparation, join(own, 'out.mp4'), work)).rejects.toMatchObject({
    name: 'AbortError',
  })
  expect(await readdir(own)).toEqual([])
})

test('a file that is cut off gives a message for the user', async () => {
  const path = await makeClip({ seconds: 3, keep: 0.3 })
  const whole = clipOf(await tools.inspect(await makeClip({ seconds: 3 })))
  const preparation = {
    path,
    facts: whole,
    selection: { start: 0, end: 2 },
    remedies: [],
    background: '#000000',
  }
  await expect(tools.prepare(preparation, join(folder, 'broken.mp4'))).rejects.toMatchObject({
    name: 'MediaError',
    text: { key: 'media.failed-damaged' },
  })
})

test('a missing ffmpeg gives its own message', async () => {
  const broken = createMediaTools({ ...testTools, ffmpeg: () => '/nowhere/ffmpeg' })
  const path = await makeClip({ seconds: 3 })
  const facts = await tools.inspect(path)
  const preparation = {
    path,
    facts,
    selection: null,
    remedies: ['re-encode' as const],
    background: '#000000',
  }
  await expect(broken.prepare(preparation, join(folder, 'none.mp4'))).rejects.toMatchObject({
    text: { key: 'media.tool-missing' },
  })
})
