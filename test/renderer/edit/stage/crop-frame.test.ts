import { describe, expect, it } from 'vitest'
import type { CropFrame } from '../../../../preload/contract'
import {
  type CropGrip,
  draggedFrame,
  middleFrame,
  pixelsOf,
} from '../../../../renderer/features/edit/stage/crop-frame'

const wide = { width: 2560, height: 256 }
const plain = { width: 1280, height: 720 }
const whole: CropFrame = { x: 0, y: 0, width: 1, height: 1 }
const middle: CropFrame = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 }

describe('the frame of a crop', () => {
  it.each([
    ['the whole picture when its ratio is allowed', plain, whole],
    ['the middle of a picture that is too wide', wide, { x: 0.1, y: 0, width: 0.8, height: 1 }],
    [
      'the middle of a picture that is too tall',
      { width: 300, height: 3000 },
      { x: 0, y: 0.1, width: 1, height: 0.8 },
    ],
  ])('starts as %s', (_, picture, frame) => {
    const begun = middleFrame(picture)
    for (const side of ['x', 'y', 'width', 'height'] as const)
      expect(begun[side]).toBeCloseTo(frame[side], 9)
  })

  it.each<[string, CropGrip, number, number, { width: number; height: number }]>([
    ['moves without changing its size', 'move', 100, 50, { width: 640, height: 360 }],
    ['stays inside the picture when moved', 'move', 9999, -9999, { width: 640, height: 360 }],
    ['grows at a corner', 'se', 100, 40, { width: 740, height: 400 }],
    ['stays inside the picture when it grows', 'nw', -9999, -9999, { width: 960, height: 540 }],
    ['gets no smaller than 240 pixels', 'se', -9999, -9999, { width: 240, height: 240 }],
    ['changes one side alone', 'e', 64, 500, { width: 704, height: 360 }],
  ])('%s', (_, grip, dx, dy, pixels) => {
    const frame = draggedFrame(middle, grip, dx, dy, plain)
    expect(pixelsOf(frame, plain)).toEqual(pixels)
    expect(frame.x).toBeGreaterThanOrEqual(0)
    expect(frame.x + frame.width).toBeLessThanOrEqual(1.000001)
    expect(frame.y + frame.height).toBeLessThanOrEqual(1.000001)
  })

  it('keeps an allowed ratio', () => {
    const frame = draggedFrame(middleFrame(wide), 'e', 9999, 0, wide)
    expect(pixelsOf(frame, wide)).toEqual({ width: 2048, height: 256 })
  })
})
