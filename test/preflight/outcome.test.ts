import { describe, expect, test } from 'vitest'
import {
  checkFile,
  constantRate,
  fittingName,
  predict,
  predictName,
  preparedExtension,
  remediesOf,
  smoothRate,
} from '../../main/preflight'
import { fitSize } from '../../main/preflight/geometry'
import type { ClipFacts, Facts, Fix, Remedy, Selection } from '../../preload/contract'
import { clip, image, lasting } from './facts'

const fix = (...remedies: Remedy[]): Fix => ({ remedies, background: '#000000' })

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

describe('fitting a size', () => {
  const bounds = { side: { min: 240, max: 4096 }, aspect: { min: 1 / 8, max: 8 }, even: true }
  test.each<[[number, number], Remedy[], [number, number]]>([
    [[1280, 720], [], [1280, 720]],
    [[1281, 721], [], [1282, 722]],
    [[1280, 720], ['scale'], [1280, 720]],
    [[160, 120], ['scale'], [320, 240]],
    [[8192, 4320], ['scale'], [4096, 2160]],
    [[239, 1900], ['scale'], [240, 1908]],
    [[4000, 100], ['pad'], [4000, 500]],
    [[4000, 100], ['crop'], [1920, 240]],
    [[100, 5000], ['pad'], [512, 4096]],
    [[100, 5000], ['crop'], [240, 1920]],
    [[160, 120], ['pad'], [320, 240]],
    [[10, 10], ['scale'], [240, 240]],
  ])('%j with %j gives %j', ([width, height], remedies, [wide, high]) => {
    expect(fitSize({ width, height }, { remedies }, bounds).size).toEqual({
      width: wide,
      height: high,
    })
  })

  test('never leaves the limits, whatever the size', () => {
    for (let width = 8; width < 9000; width = Math.ceil(width * 1.13)) {
      for (let height = 8; height < 9000; height = Math.ceil(height * 1.17)) {
        const within = width / height <= 8 && width / height >= 1 / 8
        for (const remedy of within
          ? (['scale', 'pad', 'crop'] as const)
          : (['pad', 'crop'] as const)) {
          const { size } = fitSize({ width, height }, { remedies: [remedy] }, bounds)
          const said = `${width}x${height} ${remedy} ${JSON.stringify(size)}`
          expect([size.width % 2, size.height % 2], said).toEqual([0, 0])
          expect(Math.min(size.width, size.height), said).toBeGreaterThanOrEqual(240)
          expect(Math.max(size.width, size.height), said).toBeLessThanOrEqual(4096)
          expect(size.width / size.height, said).toBeLessThanOrEqual(8)
          expect(size.width / size.height, said).toBeGreaterThanOrEqual(1 / 8)
        }
      }
    }
  })
})

test.each([
  [29.97002997, 30_000, 1001],
  [30, 30, 1],
  [29.99, 30, 1],
  [23.976, 24_000, 1001],
  [59.9, 60_000, 1001],
  [37.5, 37_500, 1000],
])('the constant rate for %d is %d/%d', (measured, numerator, denominator) => {
  expect(constantRate(measured)).toEqual({ numerator, denominator })
})

test.each([
  [7.22, 30, 1],
  [28.7, 30, 1],
  [29.97002997, 30, 1],
  [37.5, 48, 1],
  [59.8, 60_000, 1001],
  [75, 60, 1],
])('a varying rate of %d on average becomes %d/%d', (average, numerator, denominator) => {
  expect(smoothRate(average, 60)).toEqual({ numerator, denominator })
})

test.each<[string, Facts, string]>([
  ['holiday.jpg', image({ format: 'png' }), 'holiday.png'],
  ['holiday.JPEG', image(), 'holiday.JPEG'],
  ['holiday', clip(), 'holiday.mp4'],
  ['.mp4', clip(), '.mp4'],
  ['my.clip.v2', clip({ container: 'mov' }), 'my.clip.mov'],
])('%s is sent under a name that fits', (name, facts, expected) => {
  expect(fittingName(name, facts)).toBe(expected)
})
