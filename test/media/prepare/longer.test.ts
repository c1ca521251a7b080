import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { checkFile, forecast, remediesOf } from '../../../main/preflight'
import { extendWay, type Fix, type Selection } from '../../../preload/contract'
import { readFrameNumbers, readSync } from '../../support/frame-numbers'
import { type ClipShape, makeClip } from '../../support/make-media'
import { clipOf, mediaFolder, tools } from '../../support/media-folder'

const { fresh } = mediaFolder()

/** Applies a fix. What comes out must pass, and be as long as the forecast says. */
const apply = async (path: string, fix: Partial<Fix>, selection: Selection | null = null) => {
  const source = clipOf(await tools.inspect(path))
  const whole: Fix = { remedies: [], background: '#000000', ...fix }
  const said = forecast(path, source, selection, whole)
  expect(said.report).toMatchObject({ verdict: 'pass' })
  const output = fresh('.mp4')
  await tools.prepare({ ...whole, path, facts: source, selection }, output)
  const facts = clipOf(await tools.inspect(output, { decode: true }))
  expect(checkFile(facts, output)).toMatchObject({ verdict: 'pass' })
  expect(facts.durations.video).toBeCloseTo(said.outcome.after.seconds ?? 0, 2)
  return { source, facts, output }
}

const upTo = (count: number) => Array.from({ length: count }, (_, frame) => frame)

describe('a clip that is too short', () => {
  const short: ClipShape = { seconds: 0.8, rate: 10, picture: 'numbered', sound: 'tone' }

  test('can be extended, but not by "Fix all"', async () => {
    const path = await makeClip(short)
    const report = checkFile(await tools.inspect(path), path)
    expect(report.findings).toContainEqual(
      expect.objectContaining({ rule: 'duration', level: 'fail', remedy: 'extend' }),
    )
    expect(remediesOf(report)).toEqual([])
  })

  test.each([
    ['hold', [...upTo(8), ...Array.from({ length: 12 }, () => 7)]],
    [
      'slow',
      upTo(8).flatMap((frame) => (frame % 2 === 1 ? [frame, frame, frame] : [frame, frame])),
    ],
    ['loop', [...upTo(8), ...upTo(8), ...upTo(4)]],
    ['bounce', [...upTo(8), ...upTo(8).toReversed(), ...upTo(4)]],
  ] as const)('%s', async (extend, numbers) => {
    const { facts, output } = await apply(await makeClip(short), { remedies: ['extend'], extend })
    expect(await readFrameNumbers(output)).toEqual(numbers)
    expect(facts.durations).toMatchObject({ video: 2, container: expect.closeTo(2, 1) })
    expect(facts.audio).toHaveLength(1)
  })

  test('sounds again where it is repeated, and later where it is slow', async () => {
    const beeping = await makeClip({ seconds: 1.2, picture: 'flash', sound: 'beeps' })
    const beepsOf = async (extend: Fix['extend']) => {
      const { output } = await apply(beeping, { remedies: ['extend'], extend })
      return (await readSync(output)).beeps
    }
    // Beeps at 0 and 1 s of 1.2 s.
    expect(await beepsOf('hold')).toEqual([0, 1].map((at) => expect.closeTo(at, 1)))
    expect(await beepsOf('slow')).toEqual([0, 1.67].map((at) => expect.closeTo(at, 0)))
    expect(await beepsOf('loop')).toEqual([0, 1, 1.2].map((at) => expect.closeTo(at, 1)))
  })

  test.each(extendWay.options)('%s: of any shape', async (extend) => {
    const shapes: ClipShape[] = [
      { seconds: 0.04, rate: 25 },
      { seconds: 1.9, rate: '30000/1001', sound: 'tone', bFrames: 3 },
      { seconds: 1, extension: '.mkv', codec: 'vp9', width: 120, height: 90, rate: 10 },
      { seconds: 1.5, variableRate: true, sound: 'tone', soundSeconds: 0.4 },
      { seconds: 1.2, rate: 120 },
    ]
    for (const shape of shapes) {
      const path = await makeClip(shape)
      const remedies = [
        ...remediesOf(checkFile(await tools.inspect(path), path)),
        'extend' as const,
      ]
      await apply(path, { remedies, extend })
    }
  })

  test.each(extendWay.options)('%s: a selection that is too short', async (extend) => {
    const path = await makeClip({ seconds: 4, rate: 10, picture: 'numbered', sound: 'tone' })
    const { output } = await apply(path, { remedies: ['extend'], extend }, { start: 1, end: 1.5 })
    const numbers = await readFrameNumbers(output)
    expect(numbers).toHaveLength(20)
    expect([...new Set(numbers)].toSorted((a, b) => a - b)).toEqual([10, 11, 12, 13, 14])
  })

  test('is not changed where the clip is long enough', async () => {
    const { facts } = await apply(await makeClip(), { remedies: ['extend'], extend: 'loop' })
    expect(facts.durations.video).toBe(3)
  })
})

describe('a clip that is cut off', () => {
  const cut: ClipShape = {
    seconds: 8,
    rate: 10,
    picture: 'numbered',
    sound: 'tone',
    faststart: true,
    keyframes: 10,
  }

  test.each<[string, ClipShape]>([
    ['at the end', { ...cut, keep: 0.7 }],
    ['with B-frames', { ...cut, keep: 0.7, bFrames: 3 }],
    ['in the middle of its fragments', { ...cut, fragmented: true, keep: 0.6 }],
    ['and longer than allowed', { ...cut, seconds: 20, keep: 0.9 }],
    ['an MKV', { ...cut, extension: '.mkv', keep: 0.7 }],
    ['an AVI', { ...cut, extension: '.avi', codec: 'mjpeg', keep: 0.7 }],
  ])('keeps what is whole: %s', async (_, shape) => {
    const path = await makeClip(shape)
    const report = checkFile(await tools.inspect(path), path)
    expect(report.findings).toContainEqual(
      expect.objectContaining({ rule: 'complete', level: 'fail', remedy: 'salvage' }),
    )
    const { source, facts, output } = await apply(path, { remedies: remediesOf(report) })
    expect(facts.durations.video).toBeCloseTo(Math.min(10, source.whole ?? 0), 1)
    const numbers = [...new Set(await readFrameNumbers(output))]
    expect(numbers.length).toBeGreaterThan(25)
    expect(numbers[0]).toBe(0)
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    // The last frames may lack those that are shown between them, and a constant rate may drop one.
    expect(numbers.at(-1)).toBeLessThan(numbers.length + 4)
  })

  test.each<[string, ClipShape]>([
    ['too little is whole', { ...cut, keep: 0.25 }],
    ['nothing but the index', { ...cut, seconds: 3, keep: 0.2 }],
  ])('is beyond repair: %s', async (_, shape) => {
    const path = await makeClip(shape)
    const report = checkFile(await tools.inspect(path), path)
    expect(report.findings.find(({ rule }) => rule === 'complete')).toMatchObject({ level: 'fail' })
    expect(remediesOf(report)).toEqual([])
  })

  test('stays refused with any other remedy', async () => {
    const path = await makeClip({ ...cut, keep: 0.7 })
    const facts = await tools.inspect(path)
    const fix: Fix = { remedies: ['re-encode'], background: '#000000' }
    expect(forecast(path, facts, null, fix).report.verdict).toBe('fail')
    expect(forecast(path, facts, { start: 0, end: 3 }, fix).report.verdict).toBe('fail')
  })

  test('with a hole offers nothing, because nobody knows where it begins', async () => {
    const bytes = Buffer.from(await readFile(await makeClip({ ...cut, picture: 'noise' })))
    const path = fresh('.mp4')
    await writeFile(path, bytes.fill(0, Math.floor(bytes.length * 0.7)))
    const facts = clipOf(await tools.inspect(path))
    expect(facts).toMatchObject({ complete: false })
    expect(facts).not.toHaveProperty('whole')
  })
})
