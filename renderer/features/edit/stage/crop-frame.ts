import type { CropFrame } from '../../../../preload/contract'
import { wan27 } from '../../../../preload/contract/wan27'
import { clamp } from '../../../clamp'

/** The displayed size of a picture. Pixels. */
export interface Picture {
  width: number
  height: number
}

/** What the model accepts: the length of a side in pixels, and the largest ratio of two sides. */
const { side, aspect } = wan27.edit.clip

export type CropGrip = 'move' | 'n' | 'e' | 's' | 'w' | 'ne' | 'nw' | 'se' | 'sw'

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

const boxOf = ({ x, y, width, height }: CropFrame, picture: Picture): Box => ({
  left: x * picture.width,
  top: y * picture.height,
  right: (x + width) * picture.width,
  bottom: (y + height) * picture.height,
})

const frameOf = ({ left, top, right, bottom }: Box, picture: Picture): CropFrame => {
  const x = clamp(left / picture.width, 0, 1)
  const y = clamp(top / picture.height, 0, 1)
  return {
    x,
    y,
    width: Math.min((right - left) / picture.width, 1 - x),
    height: Math.min((bottom - top) / picture.height, 1 - y),
  }
}

/** The largest centred frame with an allowed ratio. */
export const middleFrame = ({ width, height }: Picture): CropFrame => {
  const across = Math.min(1, (height * aspect.max) / width)
  const down = Math.min(1, (width * aspect.max) / height)
  return { x: (1 - across) / 2, y: (1 - down) / 2, width: across, height: down }
}

const moved = (box: Box, dx: number, dy: number, picture: Picture): Box => {
  const width = box.right - box.left
  const height = box.bottom - box.top
  const left = clamp(box.left + dx, 0, picture.width - width)
  const top = clamp(box.top + dy, 0, picture.height - height)
  return { left, top, right: left + width, bottom: top + height }
}

/** One side after a drag, within the lengths that the model accepts beside the `other` side. Pixels. */
const stretched = (
  [low, high]: readonly [number, number],
  by: number,
  end: 'low' | 'high',
  limit: number,
  other: number,
): [number, number] => {
  const least = Math.min(Math.max(side.min, other / aspect.max), limit)
  const most = Math.min(limit, other * aspect.max)
  if (end === 'low') return [clamp(low + by, Math.max(0, high - most), high - least), high]
  return [low, clamp(high + by, low + least, Math.min(limit, low + most))]
}

/** The frame after a grip was dragged by `dx` and `dy` pixels of the picture. */
export const draggedFrame = (
  frame: CropFrame,
  grip: CropGrip,
  dx: number,
  dy: number,
  picture: Picture,
): CropFrame => {
  let { left, top, right, bottom } = boxOf(frame, picture)
  if (grip === 'move') return frameOf(moved({ left, top, right, bottom }, dx, dy, picture), picture)
  if (/[ew]/.test(grip)) {
    const end = grip.includes('w') ? 'low' : 'high'
    ;[left, right] = stretched([left, right], dx, end, picture.width, bottom - top)
  }
  if (/[ns]/.test(grip)) {
    const end = grip.includes('n') ? 'low' : 'high'
    ;[top, bottom] = stretched([top, bottom], dy, end, picture.height, right - left)
  }
  return frameOf({ left, top, right, bottom }, picture)
}

/** The size of a frame in whole pixels of the picture. */
export const pixelsOf = ({ width, height }: CropFrame, picture: Picture): Picture => ({
  width: Math.round(width * picture.width),
  height: Math.round(height * picture.height),
})
