import { describe, expect, test } from 'vitest'
import { type Fit, fitSize, nearestRatio } from '../../main/preflight/geometry'
import { type AspectRatio, type CropFrame, type Remedy, wan27 } from '../../preload/contract'

const { side, aspect } = wan27.edit.clip
const clipBounds = { side, aspect, even: true }
const imageBounds = { side: wan27.edit.image.side, aspect, even: false }

const size = (width: number, height: number) => ({ width, height })

type Steps = [crop: Fit['crop'], scale: Fit['scale'], pad: Fit['pad'], size: Fit['size']]

const expectSteps = (fit: Fit, [crop, scale, pad, final]: Steps) =>
  expect(fit).toEqual({ crop, scale, pad, size: final })

test.each<[number, number, Remedy[], Steps]>([
  // Nothing to do, or only making sides even.
  [1280, 720, [], [null, null, null, size(1280, 720)]],
  [1280, 720, ['scale', 'crop', 'pad'], [null, null, null, size(1280, 720)]],
  [1281, 720, [], [null, size(1282, 720), null, size(1282, 720)]],
  [1280, 721, ['pad'], [null, size(1280, 722), null, size(1280, 722)]],
  [1, 1, [], [null, size(2, 2), null, size(2, 2)]],
  [100, 90, [], [null, null, null, size(100, 90)]],
  [5000, 4000, ['re-encode'], [null, null, null, size(5000, 4000)]],
  // Sides.
  [160, 120, ['scale'], [null, size(320, 240), null, size(320, 240)]],
  [120, 160, ['scale'], [null, size(240, 320), null, size(240, 320)]],
  [8192, 4320, ['scale'], [null, size(4096, 2160), null, size(4096, 2160)]],
  [4320, 8192, ['scale'], [null, size(2160, 4096), null, size(2160, 4096)]],
  [239, 239, ['scale'], [null, size(240, 240), null, size(240, 240)]],
  [240, 240, ['scale'], [null, null, null, size(240, 240)]],
  [4096, 4096, ['scale'], [null, null, null, size(4096, 4096)]],
  [4098, 4098, ['scale'], [null, size(4096, 4096), null, size(4096, 4096)]],
  [5000, 640, ['scale'], [null, size(4096, 524), null, size(4096, 524)]],
  [4098, 518, ['scale'], [null, size(4096, 518), null, size(4096, 518)]],
  [239, 1900, ['scale'], [null, size(240, 1908), null, size(240, 1908)]],
  [10, 10, ['scale'], [null, size(240, 240), null, size(240, 240)]],
  // A ratio that scaling cannot correct.
  [5000, 100, ['scale'], [null, size(4096, 82), null, size(4096, 82)]],
  [100, 5000, ['scale'], [null, size(82, 4096), null, size(82, 4096)]],
  // Cropping around the middle.
  [
    4000,
    100,
    ['crop'],
    [{ x: 1600, y: 0, width: 800, height: 100 }, size(1920, 240), null, size(1920, 240)],
  ],
  [
    100,
    5000,
    ['crop'],
    [{ x: 0, y: 2100, width: 100, height: 800 }, size(240, 1920), null, size(240, 1920)],
  ],
  [4094, 300, ['crop'], [{ x: 846, y: 0, width: 2400, height: 300 }, null, null, size(2400, 300)]],
  [300, 4094, ['crop'], [{ x: 0, y: 846, width: 300, height: 2400 }, null, null, size(300, 2400)]],
  [1920, 240, ['crop'], [null, null, null, size(1920, 240)]],
  [240, 1920, ['crop'], [null, null, null, size(240, 1920)]],
  // Padding.
  [4000, 100, ['pad'], [null, null, size(4000, 500), size(4000, 500)]],
  [100, 4000, ['pad'], [null, null, size(500, 4000), size(500, 4000)]],
  [5000, 100, ['pad'], [null, size(4096, 82), size(4096, 512), size(4096, 512)]],
  [1930, 240, ['pad'], [null, null, size(1930, 242), size(1930, 242)]],
  [240, 1930, ['pad'], [null, null, size(242, 1930), size(242, 1930)]],
  [160, 120, ['pad'], [null, size(320, 240), null, size(320, 240)]],
  [100, 5000, ['pad'], [null, size(82, 4096), size(512, 4096), size(512, 4096)]],
  [1000, 20, ['pad'], [null, null, size(1000, 240), size(1000, 240)]],
  [20, 1000, ['pad'], [null, null, size(240, 1000), size(240, 1000)]],
])('a clip of %d × %d with %j', (width, height, remedies, steps) => {
  expectSteps(fitSize({ width, height }, { remedies }, clipBounds), steps)
})

test.each<[number, number, Remedy[], Steps]>([
  [1281, 721, [], [null, null, null, size(1281, 721)]],
  [121, 161, ['scale'], [null, size(240, 319), null, size(240, 319)]],
  [9001, 4001, ['scale'], [null, size(8000, 3556), null, size(8000, 3556)]],
  [8001, 501, ['crop'], [{ x: 1996, y: 0, width: 4008, height: 501 }, null, null, size(4008, 501)]],
  [8000, 501, ['pad'], [null, null, size(8000, 1000), size(8000, 1000)]],
  [2001, 251, ['scale'], [null, null, null, size(2001, 251)]],
  [8001, 1001, ['scale'], [null, size(8000, 1001), null, size(8000, 1001)]],
  [9001, 1126, ['scale'], [null, size(8000, 1001), null, size(8000, 1001)]],
])('an image of %d × %d with %j', (width, height, remedies, steps) => {
  expectSteps(fitSize({ width, height }, { remedies }, imageBounds), steps)
})

test.each<[boolean, number, [number, number], [number, number]]>([
  [true, 4100, [4136, 517], [4096, 512]],
  [true, 4100, [517, 4136], [512, 4096]],
  [false, 4099, [4136, 517], [4096, 512]],
  [false, 4099, [517, 4136], [512, 4096]],
  // Nothing is stretched where no size is allowed.
  [true, 1000, [100, 800], [126, 1000]],
])(
  'scaling keeps the ratio, and keeps it allowed (even: %s, at most %d): %j gives %j',
  (even, max, from, to) => {
    const bounds = { side: { min: 240, max }, aspect, even }
    const fit = fitSize(size(...from), { remedies: ['scale'] }, bounds)
    expect(fit.size).toEqual(size(...to))
  },
)

describe('a crop frame', () => {
  const frame = (x: number, y: number, width: number, height: number): CropFrame => ({
    x,
    y,
    width,
    height,
  })
  test.each<[CropFrame, Steps]>([
    [frame(0, 0, 1, 1), [null, null, null, size(1280, 720)]],
    [
      frame(0.25, 0.5, 0.5, 0.5),
      [{ x: 320, y: 360, width: 640, height: 360 }, null, null, size(640, 360)],
    ],
    [
      frame(0.1004, 0.1004, 0.3004, 0.5004),
      [{ x: 128, y: 72, width: 384, height: 360 }, null, null, size(384, 360)],
    ],
    [
      frame(0.9, 0.9, 0.001, 0.001),
      [{ x: 1152, y: 648, width: 2, height: 2 }, size(240, 240), null, size(240, 240)],
    ],
    [
      frame(0.9999, 0.9999, 0.0001, 0.0001),
      [{ x: 1278, y: 718, width: 2, height: 2 }, size(240, 240), null, size(240, 240)],
    ],
    // Cropped further where its own ratio is not allowed.
    [
      frame(0, 0.4, 1, 0.1),
      [{ x: 352, y: 288, width: 576, height: 72 }, size(1920, 240), null, size(1920, 240)],
    ],
    [
      frame(0.5, 0, 0.05, 1),
      [{ x: 640, y: 104, width: 64, height: 512 }, size(240, 1920), null, size(240, 1920)],
    ],
  ])('%j of 1280 × 720', (crop, steps) => {
    const request = { remedies: ['crop' as const], crop }
    expectSteps(fitSize(size(1280, 720), request, clipBounds), steps)
  })

  test('at the edge of a clip of odd size lies inside', () => {
    const request = { remedies: ['crop' as const], crop: frame(0.9999, 0.9999, 1e-5, 1e-5) }
    const expected = { x: 1278, y: 718, width: 2, height: 2 }
    expect(fitSize(size(1281, 721), request, clipBounds).crop).toEqual(expected)
  })

  test('is not applied without the remedy', () => {
    const request = { remedies: ['scale' as const], crop: frame(0, 0, 0.5, 0.5) }
    expect(fitSize(size(1280, 720), request, clipBounds).crop).toBeNull()
  })

  test('may have odd sides in an image, and is at least one pixel', () => {
    const cropped = (crop: CropFrame) =>
      fitSize(size(1281, 721), { remedies: ['crop'], crop }, imageBounds).crop
    expect(cropped(frame(0, 0, 0.5003, 0.5001))).toEqual({ x: 0, y: 0, width: 641, height: 361 })
    expect(cropped(frame(0.9999, 0.9999, 1e-5, 1e-5))).toEqual({
      x: 1280,
      y: 720,
      width: 1,
      height: 1,
    })
  })
})

describe('the nearest ratio', () => {
  const ratios: AspectRatio[] = ['16:9', '9:16', '1:1', '4:3', '3:4']
  test.each<[number, number, AspectRatio]>([
    [1920, 1080, '16:9'],
    [1080, 1920, '9:16'],
    [2000, 100, '16:9'],
    [500, 500, '1:1'],
    [1155, 1000, '4:3'],
    [1154, 1000, '1:1'],
    [1000, 1155, '3:4'],
    [1000, 1154, '1:1'],
    [1540, 1000, '16:9'],
    [1539, 1000, '4:3'],
  ])('of %d × %d is %s', (width, height, ratio) => {
    expect(nearestRatio({ width, height }, ratios)).toBe(ratio)
  })

  test('is the first of two that are equally far, and 16:9 without a choice', () => {
    expect(nearestRatio(size(1, 1), ['4:3', '3:4'])).toBe('4:3')
    expect(nearestRatio(size(1, 1), ['3:4', '4:3'])).toBe('3:4')
    expect(nearestRatio(size(1, 2), [])).toBe('16:9')
  })
})

test('a fitted size never leaves the limits, whatever the size was', () => {
  for (let width = 8; width < 9000; width = Math.ceil(width * 1.13)) {
    for (let height = 8; height < 9000; height = Math.ceil(height * 1.17)) {
      const within = width / height <= 8 && width / height >= 1 / 8
      for (const remedy of within
        ? (['scale', 'pad', 'crop'] as const)
        : (['pad', 'crop'] as const)) {
        const { size } = fitSize({ width, height }, { remedies: [remedy] }, clipBounds)
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
