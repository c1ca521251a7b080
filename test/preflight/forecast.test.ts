import { describe, expect, test } from 'vitest'
import {
  checkFile,
  forecast,
  predictName,
  preparedExtension,
  remediesOf,
} from '../../main/preflight'
import type { ClipFacts, Facts, Fix, ImageFacts, Remedy, Selection } from '../../preload/contract'
import { aTrack, clip, image, lasting } from './facts'

const fix = (...remedies: Remedy[]): Fix => ({ remedies, background: '#000000' })

const predict = (facts: Facts, selection: Selection | null, fix: Fix): Facts =>
  forecast('a', facts, selection, fix).facts

const unknownLength = {
  duration: null,
  durations: { container: null, video: null, ignoringEdits: null },
}

const after = (facts: Facts, selection: Selection | null, ...remedies: Remedy[]) => {
  const name = predictName('file.bin', facts, selection, fix(...remedies))
  return checkFile(predict(facts, selection, fix(...remedies)), name)
}

const clipAfter = (
  facts: ClipFacts,
  selection: Selection | null,
  ...remedies: Remedy[]
): ClipFacts => {
  const found = predict(facts, selection, fix(...remedies))
  if (found.kind !== 'video') throw new Error('a clip stays a clip')
  return found
}

describe('a forecast', () => {
  test('of a clip', () => {
    const facts = { ...lasting(20), width: 3840, height: 2160, codec: 'hevc', bytes: 90_000_000 }
    const { outcome, report } = forecast('a.mov', facts, { start: 2, end: 7 }, fix())
    expect(outcome).toMatchObject({
      runs: true,
      before: { seconds: 20, width: 3840, format: 'hevc', bytes: 90_000_000 },
      after: { seconds: 5, width: 3840, height: 2160, format: 'h264' },
    })
    // A quarter of the length at most at one and a half times the bitrate.
    expect(outcome.after.bytes).toBeLessThanOrEqual((90_000_000 / 4) * 1.5 + 200_000)
    expect(outcome.after.bytes).toBeGreaterThan(1_000_000)
    expect(report.verdict).toBe('pass')
  })

  test('of a clip with another of its tracks', () => {
    const facts = { ...lasting(5), videoTracks: 2, tracks: [{ ...aTrack, video: 5 }, aTrack] }
    const chosen = { ...fix('keep-first-track'), track: 1 }
    const { outcome, facts: after } = forecast('a.mp4', facts, null, chosen)
    expect(outcome.after).toMatchObject({ seconds: 4, width: 640, height: 360 })
    expect(after).not.toHaveProperty('tracks')
  })

  test('of an image', () => {
    const facts = image({ format: 'png', width: 9000, height: 6000, bytes: 60_000_000 })
    const { outcome } = forecast('a.png', facts, null, fix('scale', 'fit-size'))
    expect(outcome).toMatchObject({
      runs: true,
      after: { width: 8000, height: 5333, format: 'jpeg', seconds: null },
    })
    expect(outcome.after.bytes).toBeLessThanOrEqual(20_000_000)
  })

  test.each<[string, Facts]>([
    ['a clip', clip()],
    ['an image', image()],
    ['something else', { kind: 'other', format: 'text', bytes: 9, unreadable: null }],
  ])('of %s without a selection or a fix changes nothing', (_, facts) => {
    const { outcome } = forecast('a.bin', facts, null, fix())
    expect(outcome.runs).toBe(false)
    expect(outcome.after).toEqual(outcome.before)
    expect(outcome.after.bytes).toBe(facts.bytes)
  })
})

describe('a frame to crop by', () => {
  test.each([
    [{ x: 0, y: 0, width: 1, height: 1 }, [1280, 720]],
    [{ x: 0.25, y: 0.25, width: 0.5, height: 0.5 }, [640, 360]],
    [{ x: 0.999, y: 0.999, width: 0.001, height: 0.001 }, [240, 240]],
    [{ x: 0, y: 0.45, width: 1, height: 0.1 }, [1920, 240]],
  ])('%j of 1280 × 720 gives %j', (crop, [width, height]) => {
    const facts = clip({ width: 1280, height: 720 })
    const { outcome, report } = forecast('a.mp4', facts, null, { ...fix('crop'), crop })
    expect([outcome.after.width, outcome.after.height]).toEqual([width, height])
    expect(report.verdict).toBe('pass')
  })

  test('gives a picture within the limits, wherever it lies', () => {
    for (let width = 16; width < 9000; width = Math.ceil(width * 1.9)) {
      for (let at = 0; at < 1; at += 0.13) {
        const crop = { x: at, y: at / 2, width: Math.min(0.07, 1 - at), height: 0.31 }
        const facts = clip({ width, height: 1080 })
        const { report } = forecast('a.mp4', facts, null, { ...fix('crop'), crop })
        expect(report.verdict, `${width} ${JSON.stringify(crop)}`).toBe('pass')
      }
    }
  })
})

describe('the facts of the result', () => {
  const sound = { codec: 'ac3', channels: 6, sampleRate: 48_000 }
  const source = clip({
    container: 'mov',
    brand: 'qt',
    codec: 'prores',
    hdr: true,
    rotation: 90,
    variableFrameRate: true,
    frameRate: 37,
    sar: '2:1',
    videoTracks: 2,
    audio: [sound, { ...sound, codec: 'pcm' }],
    videoStart: 0.5,
    width: 500,
    height: 500,
    bytes: 8_000_000,
  })

  test('of an encode', () => {
    expect(predict(source, { start: 1, end: 3.5 }, fix())).toEqual({
      kind: 'video',
      container: 'mp4',
      brand: 'isom',
      duration: 2.5,
      durations: { container: 2.5, video: 2.5, ignoringEdits: 2.5 },
      width: 500,
      height: 1000,
      codedWidth: 500,
      codedHeight: 1000,
      rotation: 0,
      sar: '1:1',
      codec: 'h264',
      frameRate: 48,
      variableFrameRate: false,
      hdr: false,
      audio: [{ codec: 'aac', channels: 2, sampleRate: 48_000 }],
      bytes: 960_000,
      videoTracks: 1,
      encrypted: false,
      complete: true,
    })
  })

  test('of a copy', () => {
    const unknown = { container: 5, video: null, ignoringEdits: null }
    const mkv = clip({ container: 'mkv', brand: null, duration: null, durations: unknown })
    expect(predict(mkv, null, fix('remux'))).toEqual({
      ...mkv,
      container: 'mp4',
      brand: 'isom',
      duration: 5,
      durations: { container: 5, video: 5, ignoringEdits: 5 },
    })
    expect(predict(source, null, fix('remux'))).toMatchObject({
      videoTracks: 1,
      audio: [sound],
      codec: 'prores',
      rotation: 90,
      videoStart: 0.5,
      durations: { container: 5, video: 5, ignoringEdits: 5 },
      bytes: 8_000_000,
    })
    expect(predict(clip({ videoTracks: 0 }), null, fix('remux'))).toMatchObject({ videoTracks: 0 })
    const hidden = lasting(5, 5, 7)
    expect(predict(hidden, null, fix('remux'))).toMatchObject({ durations: { ignoringEdits: 7 } })
  })

  test.each<[Partial<ClipFacts>, Partial<ClipFacts>]>([
    [{ audio: [] }, { audio: [] }],
    [
      { audio: [{ codec: 'mp3', channels: 1, sampleRate: null }] },
      { audio: [{ codec: 'aac', channels: 1, sampleRate: null }] },
    ],
    [
      { audio: [{ codec: 'mp3', channels: null, sampleRate: 1 }] },
      { audio: [{ codec: 'aac', channels: null, sampleRate: 1 }] },
    ],
    [
      { width: null, height: null },
      { width: null, height: null, codedWidth: 1280 },
    ],
    [{ frameRate: null }, { frameRate: null }],
  ])('of an encode of %j', (changes, expected) => {
    expect(predict(clip(changes), null, fix('re-encode'))).toMatchObject(expected)
  })

  test('of an image', () => {
    const gif = image({
      format: 'gif',
      orientation: 6,
      frames: 9,
      alpha: true,
      transparent: true,
      colourSpace: 'cmyk',
      width: 200,
      height: 100,
      bytes: 30_000_000,
    })
    expect(predict(gif, null, fix('scale'))).toEqual({
      kind: 'image',
      format: 'png',
      width: 480,
      height: 240,
      orientation: 1,
      frames: 1,
      alpha: true,
      transparent: true,
      colourSpace: 'srgb',
      bytes: 230_400,
      decodes: true,
    })
    expect(predict(gif, null, fix('flatten'))).toMatchObject({ alpha: false, transparent: false })
    const opaque = image({ format: 'png', alpha: true, bytes: 9, width: null })
    expect(predict(opaque, null, fix('flatten'))).toMatchObject({
      alpha: false,
      transparent: false,
      bytes: 0,
      width: null,
      height: 768,
    })
    expect(predict(opaque, null, fix('rename'))).toEqual(opaque)
  })
})

describe('the estimated size of the result, in bytes', () => {
  // 1280 × 720 pixels at 30 frames a second and 0.12 bits each, beside 192 000 bits of sound.
  const usual = 1280 * 720 * 30 * 0.12
  const bytes = (picture: number, sound: number, seconds: number) =>
    Math.round(((picture + sound) * seconds) / 8)
  const bytesOf = (bitrate: number, seconds: number) => (bitrate * seconds) / 8

  test.each<[string, ClipFacts, Selection | null, Remedy[], number]>([
    ['a copy', clip({ bytes: 777 }), null, ['remux'], 777],
    ['nothing to do', clip({ bytes: 777 }), null, [], 777],
    [
      'a source with the usual bitrate',
      clip({ codec: 'prores', bytes: bytesOf(usual, 5) }),
      null,
      ['re-encode'],
      bytes(usual, 192_000, 5),
    ],
    [
      'a silent one',
      clip({ codec: 'prores', bytes: bytesOf(usual, 5), audio: [] }),
      null,
      ['re-encode'],
      bytes(usual, 0, 5),
    ],
    [
      'an inefficient source four times as large',
      clip({ codec: 'prores', bytes: bytesOf(usual * 4, 5) }),
      null,
      ['re-encode'],
      bytes(usual, 192_000, 5),
    ],
    ...['h264', 'hevc', 'vp9', 'av1'].map((codec): [string, ClipFacts, null, Remedy[], number] => [
      `a ${codec} source four times as large`,
      clip({ codec, bytes: bytesOf(usual * 4, 5) }),
      null,
      ['re-encode'],
      bytes(usual * 2, 192_000, 5),
    ]),
    [
      'a source that is a quarter as large',
      clip({ bytes: bytesOf(usual / 4, 5) }),
      null,
      ['re-encode'],
      bytes((usual / 4) * 1.5, 192_000, 5),
    ],
    [
      'a part',
      { ...lasting(20), codec: 'prores', bytes: bytesOf(usual, 20) },
      { start: 3, end: 7 },
      [],
      bytes(usual, 192_000, 4),
    ],
    [
      'a scaled picture',
      clip({ codec: 'prores', width: 160, height: 120, bytes: 10_000_000 }),
      null,
      ['scale'],
      bytes(320 * 240 * 30 * 0.12, 192_000, 5),
    ],
    [
      'an unknown frame rate',
      clip({ codec: 'prores', frameRate: null, bytes: bytesOf(usual, 5) }),
      null,
      ['re-encode'],
      bytes(usual, 192_000, 5),
    ],
    [
      'an unknown size',
      clip({ codec: null, width: null, height: null }),
      null,
      ['re-encode'],
      bytes(0, 192_000, 5),
    ],
    ['an unknown length', clip(unknownLength), null, ['re-encode'], 0],
    [
      'a long 8K clip',
      { ...lasting(60), width: 4096, height: 4096, bytes: 4_000_000_000 },
      null,
      ['re-encode'],
      bytes(12_474_215, 192_000, 60),
    ],
  ])('of %s', (_, facts, selection, remedies, expected) => {
    const { outcome } = forecast('a.mp4', facts, selection, fix(...remedies))
    expect(outcome.after.bytes).toBe(expected)
  })

  test.each<[string, Partial<ImageFacts>, Remedy[], number]>([
    ['a JPEG', {}, ['scale'], Math.round(1024 * 768 * 0.45)],
    ['an opaque PNG', { format: 'png' }, ['scale'], 1024 * 768 * 1.5],
    ['a transparent PNG', { format: 'png', transparent: true }, ['scale'], 1024 * 768 * 2],
    ['a flattened PNG', { format: 'png', transparent: true }, ['flatten'], 1024 * 768 * 1.5],
    ['a huge PNG', { format: 'png', width: 8000, height: 8000 }, ['to-srgb'], 20_000_000],
    ['a small one', { width: 100, height: 50 }, ['scale'], Math.round(480 * 240 * 0.45)],
    ['an unknown size', { width: null, height: null }, ['to-srgb'], 0],
    ['nothing to do', { bytes: 321 }, ['rename'], 321],
  ])('of %s', (_, changes, remedies, expected) => {
    const { outcome } = forecast('a.jpg', image(changes), null, fix(...remedies))
    expect(outcome.after.bytes).toBe(expected)
  })
})

test.each<[string, Facts, Selection | null, Remedy[], string | null, string]>([
  ['a.mov', clip(), { start: 1, end: 4 }, [], '.mp4', 'a.mp4'],
  ['a.mkv', clip({ container: 'mkv' }), null, ['remux'], '.mp4', 'a.mp4'],
  ['a.mov', clip(), null, ['rename'], null, 'a.mp4'],
  ['a.mov', clip(), null, [], null, 'a.mov'],
  ['a.webp', image({ format: 'webp' }), null, ['scale'], '.jpg', 'a.jpg'],
  ['a.gif', image({ format: 'gif' }), null, ['convert'], '.png', 'a.png'],
  ['a.gif', image({ format: 'png' }), null, ['rename'], null, 'a.png'],
  ['a', { kind: 'other', format: 'png', bytes: 1, unreadable: null }, null, ['scale'], null, 'a'],
])(
  '%s with %j, %j and %j ends in %s and is sent as %s',
  (name, facts, part, remedies, end, sent) => {
    expect(preparedExtension(facts, part, fix(...remedies))).toBe(end)
    expect(predictName(name, facts, part, fix(...remedies))).toBe(sent)
  },
)

test('the figures before a fix are those of the file', () => {
  const other: Facts = { kind: 'other', format: 'zip', bytes: 5, unreadable: null }
  const before = (facts: Facts) => forecast('a', facts, null, fix()).outcome.before
  expect(before(clip({ codec: 'hevc' }))).toEqual({
    bytes: 5_000_000,
    seconds: 5,
    width: 1280,
    height: 720,
    frameRate: 30,
    format: 'hevc',
  })
  expect(before(image())).toEqual({
    bytes: 400_000,
    seconds: null,
    width: 1024,
    height: 768,
    frameRate: null,
    format: 'jpeg',
  })
  expect(before(other)).toEqual({
    bytes: 5,
    seconds: null,
    width: null,
    height: null,
    frameRate: null,
    format: 'zip',
  })
})

describe('applying every remedy that is offered makes a file pass', () => {
  test.each<[string, Facts]>([
    ['a long clip', lasting(25)],
    ['a clip with a long tail of sound', lasting(9.9, 10.6)],
    ['a clip with hidden frames', lasting(5, 5, 30)],
    ['a small clip', clip({ width: 160, height: 120 })],
    ['a huge clip', clip({ width: 7680, height: 4320 })],
    ['a clip that is far too wide', clip({ width: 5000, height: 100 })],
    ['a clip that is far too tall', clip({ width: 100, height: 5000 })],
    ['a clip of odd size at the widest ratio', clip({ width: 1927, height: 241 })],
    ['a heavy clip', clip({ bytes: 400_000_000 })],
    ['an HDR clip', clip({ hdr: true, codec: 'hevc' })],
    ['a variable clip', clip({ variableFrameRate: true, frameRate: 37.8 })],
    ['a fast clip', clip({ frameRate: 240 })],
    [
      'an MKV',
      clip({
        container: 'mkv',
        durations: { container: 5, video: null, ignoringEdits: null },
        duration: null,
      }),
    ],
    ['a ProRes clip', clip({ codec: 'prores', container: 'mov' })],
    [
      'everything at once',
      clip({
        container: 'avi',
        codec: 'mpeg4',
        width: 90,
        height: 4000,
        hdr: true,
        bytes: 3e8,
        videoTracks: 2,
        frameRate: 100,
        rotation: 90,
        durations: { container: 60, video: 60, ignoringEdits: 60 },
        duration: 60,
      }),
    ],
    ['a transparent PNG', image({ format: 'png', alpha: true, transparent: true })],
    ['a GIF', image({ format: 'gif', frames: 9, alpha: true, transparent: true })],
    ['a small image', image({ width: 100, height: 90 })],
    ['a strip', image({ width: 9000, height: 100 })],
    ['a CMYK image', image({ colourSpace: 'cmyk' })],
    ['a heavy image', image({ bytes: 30_000_000 })],
    ['an image with the wrong name', image({ format: 'webp' })],
  ])('%s', (_, facts) => {
    const offered = remediesOf(checkFile(facts, 'file.bin'))
    expect(offered.length).toBeGreaterThan(0)
    expect(new Set(offered).size).toBe(offered.length)
    expect(after(facts, null, ...offered)).toMatchObject({ verdict: 'pass' })
  })
})

test.each<[string, Facts]>([
  ['a clip that is too short', lasting(1.2)],
  ['an encrypted clip', { ...lasting(30), encrypted: true, width: 100 }],
  ['a clip with missing data', clip({ complete: false, codec: 'prores', height: 100 })],
  ['an image that does not decode', image({ decodes: false, width: 100, format: 'gif' })],
])('%s is offered nothing', (_, facts) => {
  const report = checkFile(facts, facts.kind === 'video' ? 'a.mp4' : 'a.gif')
  expect(report.verdict).toBe('fail')
  expect(remediesOf(report)).toEqual([])
})

describe('a selection', () => {
  test('sets every length, upright and square', () => {
    const facts = {
      ...lasting(20),
      rotation: 90,
      width: 720,
      height: 1280,
      sar: '2:1',
      container: 'mov',
    }
    const found = clipAfter(facts, { start: 3, end: 8 })
    expect(found).toMatchObject({
      container: 'mp4',
      codec: 'h264',
      duration: 5,
      durations: { container: 5, video: 5, ignoringEdits: 5 },
      rotation: 0,
      sar: '1:1',
      width: 720,
      height: 2560,
    })
  })

  test('of the whole clip changes nothing', () => {
    const facts = lasting(5)
    expect(predict(facts, { start: 0, end: 5 }, fix())).toEqual(facts)
    expect(preparedExtension(facts, { start: 0, end: 5 }, fix())).toBeNull()
  })

  test('that is too short fails', () => {
    expect(after(lasting(20), { start: 3, end: 4.5 }).verdict).toBe('fail')
  })

  test('ends where the clip ends', () => {
    expect(clipAfter(lasting(6), { start: 2, end: 9 }).duration).toBe(4)
  })

  test.each([23.976, 24, 25, 29.97, 30, 50, 59.94, 60, 12.5, 37.3])(
    'of two and of ten seconds at %d frames a second is allowed',
    (frameRate) => {
      const facts = { ...lasting(30), frameRate }
      for (const length of [2, 10]) {
        const found = clipAfter(facts, { start: 1.01, end: 1.01 + length }).duration ?? 0
        expect(found).toBeGreaterThanOrEqual(2)
        expect(found).toBeLessThanOrEqual(10)
        expect(Math.abs(found - length)).toBeLessThan(2 / frameRate)
      }
    },
  )
})
