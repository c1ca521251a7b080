import { describe, expect, test } from 'vitest'
import { planClip } from '../../main/preflight'
import { isSameCut, type PicturePacket, packetsOfCut } from '../../main/preflight/key-frame-cut'
import type { ClipFacts, Remedy } from '../../preload/contract'
import { clip } from './facts'

const rate = { numerator: 30, denominator: 1 }

/** Packets by the numbers of their frames; a key frame is marked. Each has another size. */
const packets = (...frames: (number | `${number}K`)[]): PicturePacket[] =>
  frames.map((frame) => {
    const number = Number.parseInt(String(frame), 10)
    return { at: number / 30, bytes: 1000 + number, isKey: String(frame).endsWith('K') }
  })

const cutOf = (from: readonly PicturePacket[], first: number, frames: number) =>
  packetsOfCut(from, { start: first / 30, rate, frames, maxBytes: 1e8 })?.map(
    ({ bytes }) => bytes - 1000,
  ) ?? null

describe('the packets of a cut', () => {
  test.each<[string, PicturePacket[], number, number, number[] | null]>([
    ['in order', packets('0K', 1, 2, '3K', 4, 5), 3, 3, [3, 4, 5]],
    ['shorter than the rest', packets('0K', 1, 2, '3K', 4, 5), 0, 2, [0, 1]],
    [
      'with frames that are decoded early',
      packets('0K', 3, 1, 2, '4K', 7, 5, 6),
      0,
      4,
      [0, 3, 1, 2],
    ],
    ['whose last frame needs a later one', packets('0K', 3, 1, 2, '4K'), 0, 3, null],
    ['that begins between key frames', packets('0K', 1, 2, '3K', 4), 1, 2, null],
    ['after whose first frame an earlier one is decoded', packets('0K', '4K', 3, 5, 6), 4, 3, null],
    ['longer than the clip', packets('0K', 1, 2), 0, 4, null],
    ['with a frame missing', packets('0K', 1, 3, 4), 0, 3, null],
    ['with two frames at once', packets('0K', 1, 1, 2), 0, 4, null],
    ['of nothing', [], 0, 1, null],
  ])('%s', (_what, from, first, frames, expected) => {
    expect(cutOf(from, first, frames)).toEqual(expected)
  })

  test('begin where the cut does, to the millisecond', () => {
    const from = packets('3K', 4, 5)
    const starting = (start: number) =>
      packetsOfCut(from, { start, rate, frames: 2, maxBytes: 1e8 }) !== null
    expect([0.099, 0.1, 0.101].map(starting)).toEqual([true, true, true])
    expect([0.097, 0.103].map(starting)).toEqual([false, false])
  })

  test('are encoded instead if the file would be too large', () => {
    const from = packets('0K', 1)
    const fits = (maxBytes: number) =>
      packetsOfCut(from, { start: 0, rate, frames: 2, maxBytes }) !== null
    expect([fits(3000), fits(2001)]).toEqual([true, false])
  })

  test('without times are no cut', () => {
    const from = packets('0K', 1).map((packet) => ({ ...packet, at: null }))
    expect(cutOf(from, 0, 2)).toBe(null)
  })
})

test('a copy is the same only with the same packets, from its beginning on', () => {
  const wanted = packets('30K', 31, 32)
  const moved = (by: number) => wanted.map((each) => ({ ...each, at: (each.at ?? 0) - by }))
  expect(isSameCut(moved(1), wanted, { rate })).toBe(true)
  expect(isSameCut(moved(0.9), wanted, { rate })).toBe(false)
  expect(isSameCut(moved(1).slice(1), wanted, { rate })).toBe(false)
  expect(
    isSameCut(
      moved(1).map((each) => ({ ...each, bytes: 1 })),
      wanted,
      { rate },
    ),
  ).toBe(false)
})

describe('a cut may be copied only if nothing else changes', () => {
  const mayCopy = (facts: Partial<ClipFacts>, remedies: Remedy[] = []) => {
    const part = { start: 1, end: 4 }
    const plan = planClip(clip(facts), part, { remedies })
    return plan.how === 'encode' && plan.mayCopy
  }

  test.each<[Partial<ClipFacts>, Remedy[], boolean]>([
    [{}, [], true],
    [{}, ['trim', 'rename'], true],
    [{ container: 'mov' }, [], true],
    [{ container: 'mkv' }, [], false],
    [{ codec: 'hevc' }, [], false],
    [{ rotation: 90 }, [], false],
    [{ sar: '4:3' }, [], false],
    [{ hdr: true }, [], false],
    [{ variableFrameRate: true }, [], false],
    [{ frameRate: null }, [], false],
    [{ complete: false }, [], false],
    [{ encrypted: true }, [], false],
    [{ timesRise: false }, [], false],
    [{ videoStart: 0.5 }, [], false],
    [{ width: 1279 }, [], false],
    [{ bytes: 1e9 }, [], false],
    [{}, ['re-encode'], false],
    [{}, ['crop'], false],
    [{}, ['fit-size'], false],
    [{}, ['constant-rate'], false],
  ])('%j with %j: %s', (facts, remedies, expected) => {
    expect(mayCopy(facts, remedies)).toBe(expected)
  })

  test('not where all of the clip is used', () => {
    const plan = planClip(clip({}), null, { remedies: ['re-encode'] })
    expect(plan).toMatchObject({ how: 'encode', mayCopy: false })
  })
})
