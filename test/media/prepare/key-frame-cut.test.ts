import { describe, expect, test } from 'vitest'
import type { Remedy, Selection } from '../../../preload/contract'
import { readFrameNumbers, readSync } from '../../support/frame-numbers'
import type { ClipShape } from '../../support/make-media'
import { mediaFolder } from '../../support/media-folder'

const { prepare } = mediaFolder()

const range = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => from + index)

const numbered: ClipShape = { seconds: 6, picture: 'numbered', keyframes: 30, bFrames: 0 }

/** A cut of frames, and which of them it shows; `copied` tells whether the pictures are the source's own. */
const cut = async (shape: ClipShape, first: number, count: number, remedies: Remedy[] = []) => {
  const rate = 30
  const selection: Selection = { start: first / rate, end: (first + count) / rate }
  const { output, command, facts, source } = await prepare(shape, selection, remedies)
  return {
    frames: await readFrameNumbers(output),
    copied: command.includes(' -c:v copy '),
    facts,
    source,
    output,
    seconds: count / rate,
  }
}

describe('a cut that begins with a key frame', () => {
  test.each<[string, ClipShape, number, number]>([
    ['without frames that are decoded early', numbered, 30, 75],
    ['from the very beginning', numbered, 0, 61],
    ['to the very end', numbered, 60, 120],
    ['with them, over whole groups', { ...numbered, bFrames: 3 }, 60, 90],
    ['with them, to the end of the clip', { ...numbered, bFrames: 3 }, 90, 90],
    ['of a MOV with its index at the end', { ...numbered, extension: '.mov' }, 30, 60],
    ['with sound', { ...numbered, sound: 'tone' }, 60, 75],
    ['of a clip that hides its beginning', { ...numbered, hidden: 1 }, 30, 60],
  ])('is copied, exact at both ends: %s', async (_what, shape, first, count) => {
    const { frames, copied, facts, seconds } = await cut(shape, first, count)
    const hidden = (shape.hidden ?? 0) * 30
    expect(frames).toEqual(range(first + hidden, count))
    expect(copied).toBe(true)
    // Readers that ignore edit lists see the same.
    expect(facts.durations.video).toBeCloseTo(seconds, 3)
    expect(facts.durations.ignoringEdits).toBeCloseTo(seconds, 3)
    expect(facts).toMatchObject({ complete: true, codec: 'h264', container: 'mp4' })
    expect(facts).not.toHaveProperty('videoStart')
  })

  test('keeps picture and sound together', async () => {
    const shape: ClipShape = { ...numbered, seconds: 7, picture: 'flash', sound: 'beeps' }
    const { output, copied, facts } = await cut(shape, 60, 120)
    const { flashes, beeps } = await readSync(output)
    expect(copied).toBe(true)
    expect(facts.durations.container).toBeLessThan(4.03)
    expect(flashes.length).toBeGreaterThan(2)
    for (const [index, flash] of flashes.entries())
      expect(Math.abs(flash - (beeps[index] ?? 0))).toBeLessThan(0.05)
  })

  test('is copied too where a long clip is cut to what is allowed', async () => {
    const { output, command } = await prepare({ ...numbered, seconds: 12 }, null, ['trim'])
    expect(command).toContain(' -c:v copy ')
    expect(await readFrameNumbers(output)).toEqual(range(0, 300))
  })
})

describe('a cut is encoded, just as exact,', () => {
  test.each<[string, ClipShape, number, number, Remedy[]?]>([
    ['where it begins between key frames', numbered, 31, 60],
    [
      'where a frame after its end is decoded before one of it',
      { ...numbered, bFrames: 3 },
      60,
      62,
    ],
    [
      'where something else is to be changed',
      { ...numbered, width: 640, height: 480 },
      30,
      60,
      ['crop'],
    ],
    ['where the codec is another one', { ...numbered, codec: 'mpeg4' }, 30, 60],
    ['where the picture is turned', { ...numbered, rotation: 180 }, 30, 60],
  ])('%s', async (_what, shape, first, count, remedies) => {
    const { frames, copied } = await cut(shape, first, count, remedies)
    expect(copied).toBe(false)
    expect(frames.length).toBe(count)
    if (!shape.rotation) expect(frames).toEqual(range(first, count))
  })
})
