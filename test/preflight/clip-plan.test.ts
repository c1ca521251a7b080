import { describe, expect, test } from 'vitest'
import {
  bitrateFor,
  type EncodePlan,
  endOf,
  lengthOf,
  planClip,
  planImage,
  type Treatment,
} from '../../main/preflight'
import type { ClipFacts, Remedy, Selection } from '../../preload/contract'
import { aTrack, clip, image, lasting } from './facts'

const treat = (...remedies: Remedy[]): Treatment => ({ remedies })

const encode = (
  facts: ClipFacts,
  selection: Selection | null,
  treatment: Treatment,
): EncodePlan => {
  const plan = planClip(facts, selection, treatment)
  if (plan.how !== 'encode') throw new Error(`expected an encode, got ${plan.how}`)
  return plan
}

const noLength = {
  duration: null,
  durations: { container: null, video: null, ignoringEdits: null },
}

describe('how a clip is treated', () => {
  test.each<[Remedy[], string]>([
    [[], 'keep'],
    [['rename'], 'keep'],
    [['convert', 'flatten', 'first-frame', 'to-srgb'], 'keep'],
    [['remux'], 'copy'],
    [['keep-first-track'], 'copy'],
    [['remux', 'rename'], 'copy'],
    [['remux', 're-encode'], 'encode'],
    ...(
      [
        'trim',
        're-encode',
        'scale',
        'pad',
        'crop',
        'fit-size',
        'constant-rate',
        'tone-map',
      ] as const
    ).map((remedy): [Remedy[], string] => [[remedy], 'encode']),
  ])('with %j it is %s', (remedies, how) => {
    expect(planClip(clip(), null, treat(...remedies)).how).toBe(how)
  })

  test('a copy takes the chosen track', () => {
    expect(planClip(clip(), null, { ...treat('remux'), track: 2 })).toEqual({
      how: 'copy',
      track: 2,
    })
    expect(planClip(clip(), null, treat('remux'))).toEqual({ how: 'copy', track: 0 })
  })

  test.each<[string, ClipFacts, string]>([
    ['an MKV within the limits', { ...lasting(5), container: 'mkv' }, 'copy'],
    ['an MKV at the upper limit', { ...lasting(10), container: 'mkv' }, 'encode'],
    ['an MKV a little below it', { ...lasting(9.96), container: 'mkv' }, 'encode'],
    ['an MKV at the lower limit', { ...lasting(2), container: 'mkv' }, 'encode'],
    ['a QuickTime clip at a limit', { ...lasting(10), container: 'mov' }, 'copy'],
    ['times that do not rise', { ...lasting(5), container: 'avi', timesRise: false }, 'encode'],
  ])('a copy keeps times and length, else it is an encode: %s', (_, facts, how) => {
    expect(planClip(facts, null, treat('remux')).how).toBe(how)
  })

  test.each<[string, ClipFacts, Selection | null, object | null, number, number]>([
    ['a short clip', lasting(1.5), null, { way: 'loop', frames: 45, seconds: 1.5 }, 60, 2],
    [
      'a short part',
      lasting(8),
      { start: 1, end: 2 },
      { way: 'loop', frames: 30, seconds: 1 },
      60,
      2,
    ],
    ['a frame', { ...lasting(0.04), frameRate: null }, null, { way: 'loop', frames: 1 }, 60, 2],
    ['a clip that is long enough', lasting(2), null, null, 60, 2],
  ])('extending %s', (_, facts, selection, extend, frames, seconds) => {
    const treatment = { ...treat('extend'), extend: 'loop' as const }
    const plan = encode(facts, selection, treatment)
    expect(plan).toMatchObject({ frames, seconds })
    if (extend) expect(plan.extend).toMatchObject(extend)
    else expect(plan.extend).toBeNull()
  })

  test('a selection encodes unless it is the whole clip, within a millisecond', () => {
    const how = (start: number, end: number) => planClip(lasting(8), { start, end }, treat()).how
    expect([how(0, 8), how(0.0009, 7.9991), how(0, 100)]).toEqual(['keep', 'keep', 'keep'])
    expect([how(0.002, 8), how(0, 7.998), how(3, 5)]).toEqual(['encode', 'encode', 'encode'])
  })

  test('a selection of a clip of unknown length always encodes', () => {
    expect(planClip(clip(noLength), { start: 0, end: 5 }, treat()).how).toBe('encode')
  })

  test('a clip whose picture starts late is whole from its first frame, by its length or its end', () => {
    const late = { ...lasting(5), videoStart: 1.5 }
    const how = (start: number, end: number) => planClip(late, { start, end }, treat()).how
    expect([how(1.5, 6.5), how(0, 6.5), how(0, 5)]).toEqual(['keep', 'keep', 'keep'])
    expect([how(1.6, 6.5), how(0, 6), how(0, 4.9)]).toEqual(['encode', 'encode', 'encode'])
  })
})

describe('an encode', () => {
  test('states everything about the result', () => {
    expect(encode(lasting(8), { start: 1, end: 6 }, treat())).toEqual({
      how: 'encode',
      start: 1,
      seconds: 5,
      frames: 150,
      audioSeconds: 5,
      rate: { numerator: 30, denominator: 1 },
      square: null,
      fit: { crop: null, scale: null, pad: null, size: { width: 1280, height: 720 } },
      blur: false,
      toneMap: false,
      extend: null,
      salvage: false,
      mayCopy: true,
      track: 0,
      maxBitrate: 80_000_000,
      maxBytes: 100_000_000,
    })
  })

  test.each<[string, ClipFacts, Selection | null, Remedy[], number, number | null]>([
    ['all of a clip', lasting(8), null, ['re-encode'], 0, 8],
    ['all of a long clip', lasting(20), null, ['re-encode'], 0, 20],
    ['as much as is allowed', lasting(20), null, ['trim'], 0, 10],
    ['all that there is', lasting(8), null, ['trim'], 0, 8],
    ['no more than there is', lasting(8), { start: 6, end: 30 }, [], 6, 2],
    ['one frame of a part past the end', lasting(8), { start: 9, end: 12 }, [], 9, 1 / 30],
    ['a part rather than the trim', lasting(20), { start: 4, end: 7 }, ['trim'], 4, 3],
    ['from the first frame', { ...lasting(20), videoStart: 1.5 }, null, ['trim'], 1.5, 10],
    ['all from the first frame', { ...lasting(6), videoStart: 1.5 }, null, ['re-encode'], 1.5, 6],
    ['to the last frame', { ...lasting(5), videoStart: 1.5 }, { start: 3, end: 9 }, [], 3, 3.5],
    ['an unknown length', clip(noLength), null, ['re-encode'], 0, null],
    ['a part of an unknown length', clip(noLength), { start: 1, end: 4 }, [], 1, 3],
  ])('of %s', (_, facts, selection, remedies, start, seconds) => {
    const plan = encode(facts, selection, treat(...remedies))
    expect(plan.start).toBe(start)
    if (seconds === null)
      expect(plan).toMatchObject({ seconds: null, frames: null, audioSeconds: null })
    else expect(plan.seconds).toBeCloseTo(seconds, 9)
  })

  test.each([
    // Whole frames: the nearest, unless that leaves the limits.
    [25, 3, 75],
    [25, 3.01, 75],
    [25, 3.03, 76],
    [23.976, 2, 48],
    [29.97, 2, 60],
    [29.97, 10, 299],
    [12.5, 10, 125],
    [7, 2, 14],
    [7.2, 2, 15],
    [7.3, 10, 73],
    [7.26, 10, 72],
    [30, 1.5, 45],
    [30, 12.02, 361],
  ])('at %d frames a second of %d s has %d frames', (frameRate, length, frames) => {
    const facts = { ...lasting(30), frameRate }
    const plan = encode(facts, { start: 5, end: 5 + length }, treat())
    expect(plan.frames).toBe(frames)
    expect(plan.seconds).toBeCloseTo(
      frames / ((plan.rate?.numerator ?? 0) / (plan.rate?.denominator ?? 1)),
      9,
    )
  })

  test('without a known rate keeps the length that was asked for', () => {
    const plan = encode({ ...lasting(30), frameRate: null }, { start: 0, end: 3.014 }, treat())
    expect(plan).toMatchObject({ rate: null, frames: null, seconds: 3.014, audioSeconds: 3.014 })
  })

  test('ends the sound early enough that its last packets stay below the limit', () => {
    const sound = (length: number) =>
      encode(lasting(30), { start: 0, end: length }, treat()).audioSeconds
    expect(sound(9)).toBe(9)
    expect(sound(10)).toBeCloseTo(10 - (3 * 1024) / 44_100, 9)
    // Nothing is within the limit anyway.
    expect(sound(12)).toBe(12)
  })

  test.each<[Partial<ClipFacts>, Remedy[], number, number]>([
    [{ frameRate: 120 }, ['re-encode'], 120, 1],
    [{ frameRate: 120 }, ['constant-rate'], 60, 1],
    [{ frameRate: 60 }, ['constant-rate'], 60, 1],
    [{ frameRate: 37.8, variableFrameRate: true }, ['re-encode'], 48, 1],
    [{ frameRate: 80, variableFrameRate: true }, ['constant-rate'], 60, 1],
    [{ frameRate: 29.97 }, ['re-encode'], 30_000, 1001],
  ])('of %j with %j has %d/%d frames a second', (changes, remedies, numerator, denominator) => {
    const plan = encode({ ...lasting(5), ...changes }, null, treat(...remedies))
    expect(plan.rate).toEqual({ numerator, denominator })
  })

  test.each<[Partial<ClipFacts>, [number, number] | null]>([
    [{ sar: '1:1' }, null],
    [{ sar: '0:1' }, null],
    [{ sar: '1:0' }, null],
    [{ sar: 'n/a' }, null],
    [{ sar: '' }, null],
    [{ sar: '4:4' }, null],
    [{ width: 720, height: 576, sar: '16:15' }, [768, 576]],
    [{ width: 720, height: 480, sar: '8:9' }, [720, 540]],
    [{ width: 721, height: 577, sar: '2:1' }, [1442, 578]],
    [{ width: 577, height: 720, sar: '16:15', rotation: 90 }, [578, 768]],
    [{ width: 576, height: 720, sar: '8:9', rotation: 270 }, [648, 720]],
    [{ width: 720, height: 576, sar: '16:15', rotation: 180 }, [768, 576]],
    [{ width: 1, height: 1, sar: '1:2' }, [2, 2]],
  ])('of %j has square pixels', (changes, expected) => {
    const facts = { ...lasting(5), ...changes }
    const [width, height] = expected ?? []
    const plan = encode(facts, null, treat('re-encode'))
    expect(plan.square).toEqual(expected && { width, height })
    if (expected) expect(plan.fit?.size).toEqual({ width, height })
  })

  test('has even sides', () => {
    const { fit } = encode(clip({ width: 1281, height: 719 }), null, treat('re-encode'))
    expect(fit?.size).toEqual({ width: 1282, height: 720 })
  })

  test('of unknown size has no fit', () => {
    expect(encode(clip({ width: null }), null, treat('scale')).fit).toBeNull()
    expect(encode(clip({ height: 0 }), null, treat('scale')).fit).toBeNull()
  })

  test('carries how padding is filled, what HDR needs and the track', () => {
    const track = { ...aTrack, codec: 'hevc', hdr: true }
    const facts = clip({ tracks: [{ ...track, hdr: false, width: 1280 }, track], videoTracks: 2 })
    const plan = encode(facts, null, { ...treat('pad', 'keep-first-track'), pad: 'blur', track: 1 })
    expect(plan).toMatchObject({ blur: true, toneMap: true, track: 1, seconds: 4 })
    expect(plan.fit?.size).toEqual({ width: 640, height: 360 })
    expect(encode(facts, null, { ...treat('pad'), pad: 'colour' })).toMatchObject({
      blur: false,
      toneMap: false,
    })
  })
})

describe('the length and end of a clip', () => {
  const durations = (video: number | null, container: number | null) => ({
    durations: { container, video, ignoringEdits: null },
  })
  test.each<[Partial<ClipFacts>, number | null, number | null]>([
    [{ duration: 5, ...durations(4, 6) }, 4, 4],
    [{ duration: 5, ...durations(null, 6) }, 5, 5],
    [{ duration: null, ...durations(null, 6) }, 6, 6],
    [noLength, null, null],
    [{ duration: 5, ...durations(4, 6), videoStart: 1.5 }, 4, 5.5],
  ])('of %j', (changes, length, end) => {
    expect(lengthOf(clip(changes))).toBe(length)
    expect(endOf(clip(changes))).toBe(end)
  })
})

test.each([
  // Limited by the file's size.
  [96_000_000, 10, 72_922_857],
  [96_000_000, 60, 12_474_215],
  [50_000_000, 30, 12_894_754],
  // Never above 80 Mbit/s, never below 100 kbit/s.
  [96_000_000, 2, 80_000_000],
  [1_000_000, 3600, 100_000],
  // A length of zero counts as a tenth of a second.
  [1_000_000, 0, 13_113_333],
])('%d bytes for %d s allow %d bits a second', (bytes, seconds, expected) => {
  expect(bitrateFor(bytes, seconds)).toBe(expected)
})

describe('how an image is treated', () => {
  test.each<[Remedy[], string]>([
    [[], 'keep'],
    [['rename'], 'keep'],
    [['trim', 'remux', 're-encode', 'tone-map'], 'keep'],
    ...(
      ['convert', 'flatten', 'first-frame', 'to-srgb', 'scale', 'pad', 'crop', 'fit-size'] as const
    ).map((remedy): [Remedy[], string] => [[remedy], 'encode']),
  ])('with %j it is %s', (remedies, how) => {
    expect(planImage(image(), treat(...remedies)).how).toBe(how)
  })

  test.each<[string, boolean, Remedy[], 'png' | 'jpeg']>([
    ['jpeg', false, ['scale'], 'jpeg'],
    ['webp', false, ['scale'], 'jpeg'],
    ['avif', false, ['convert'], 'jpeg'],
    ['png', false, ['scale'], 'png'],
    ['bmp', false, ['scale'], 'png'],
    ['gif', false, ['convert'], 'png'],
    ['tiff', false, ['convert'], 'png'],
    ['png', false, ['fit-size'], 'jpeg'],
    ['webp', true, ['scale'], 'png'],
    ['webp', true, ['fit-size'], 'png'],
    ['webp', true, ['flatten'], 'jpeg'],
    ['png', true, ['flatten'], 'png'],
    ['png', true, ['flatten', 'fit-size'], 'jpeg'],
  ])('%s, transparent: %s, with %j becomes %s', (format, transparent, remedies, expected) => {
    const plan = planImage(image({ format, transparent }), treat(...remedies))
    expect(plan).toMatchObject({ format: expected, flatten: remedies.includes('flatten') })
  })

  test('an encode states everything about the result', () => {
    const facts = image({ width: 9000, height: 100 })
    expect(planImage(facts, { ...treat('pad'), pad: 'blur' })).toEqual({
      how: 'encode',
      format: 'jpeg',
      flatten: false,
      fit: {
        crop: null,
        scale: { width: 8000, height: 89 },
        pad: { width: 8000, height: 1000 },
        size: { width: 8000, height: 1000 },
      },
      blur: true,
      maxBytes: 20_000_000,
    })
    expect(planImage(image({ height: null }), treat('scale'))).toMatchObject({
      fit: null,
      blur: false,
    })
    expect(planImage(image({ width: 0 }), treat('scale'))).toMatchObject({ fit: null })
  })
})
