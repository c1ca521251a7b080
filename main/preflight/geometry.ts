import type { AspectRatio, CropFrame, Remedy } from '../../preload/contract'
import { proportion } from '../../preload/contract/reframe'
import { type Range, within } from '../../preload/contract/wan27'

export interface Size {
  width: number
  height: number
}

/** A part of a picture, measured from its top left corner. Pixels. */
export interface Rectangle extends Size {
  x: number
  y: number
}

/** The steps from one size to another, in this order; null for a step that is not needed. Pixels. */
export interface Fit {
  crop: Rectangle | null
  scale: Size | null
  /** The picture lies in the middle of this size. */
  pad: Size | null
  /** The final size. */
  size: Size
}

interface Bounds {
  side: Range
  aspect: Range
  /** Whether both sides must be even, as in 4:2:0 video. */
  even: boolean
}

const toWhole = (value: number, even: boolean, up = Math.round): number =>
  even ? up(value / 2) * 2 : up(value)

/** A side in whole pixels, never empty. */
const wholeSide = (value: number, even: boolean): number =>
  Math.max(even ? 2 : 1, toWhole(value, even))

const same = (a: Size, b: Size) => a.width === b.width && a.height === b.height

/**
 * The factor that brings both sides into the range; 1 where they already are. If no factor can do
 * it, the longer side is reduced and padding has to enlarge the shorter one.
 */
const factorFor = ({ width, height }: Size, { min, max }: Range, aspectHolds: boolean): number => {
  const shorter = Math.min(width, height)
  const longer = Math.max(width, height)
  if (longer > max) return max / longer
  return aspectHolds && shorter < min ? Math.min(min / shorter, max / longer) : 1
}

/** Shortens the longer side until the ratio is allowed. */
const keepAspect = (size: Size, { aspect, even }: Bounds): Size => {
  const down = (value: number) => toWhole(value, even, Math.floor)
  if (size.width / size.height > aspect.max)
    return { ...size, width: down(size.height * aspect.max) }
  return size.width / size.height < aspect.min
    ? { ...size, height: down(size.width / aspect.min) }
    : size
}

const scaled = (size: Size, bounds: Bounds, aspectHolds: boolean): Size => {
  const factor = factorFor(size, bounds.side, aspectHolds)
  const side = (value: number) => wholeSide(value * factor, bounds.even)
  const result = { width: side(size.width), height: side(size.height) }
  // Rounding may push an allowed ratio over its bound.
  return aspectHolds ? keepAspect(result, bounds) : result
}

const whole = ({ width, height }: Size): Rectangle => ({ x: 0, y: 0, width, height })

/** The crop frame in whole pixels: inside the picture, and never empty. */
const framed = (size: Size, frame: CropFrame, even: boolean): Rectangle => {
  const down = (value: number) => toWhole(value, even, Math.floor)
  const along = (at: number, part: number, length: number) => {
    const most = wholeSide(down(length), even)
    const kept = Math.min(most, wholeSide(part * length, even))
    return { at: Math.min(down(at * length), most - kept), kept }
  }
  const x = along(frame.x, frame.width, size.width)
  const y = along(frame.y, frame.height, size.height)
  return { x: x.at, y: y.at, width: x.kept, height: y.kept }
}

/** Crops around the middle until the ratio is allowed. */
const cropped = (from: Rectangle, bounds: Bounds): Rectangle => {
  const { width, height } = keepAspect(from, bounds)
  const offset = (left: number) => toWhole(left / 2, bounds.even, Math.floor)
  const x = from.x + offset(from.width - width)
  return { width, height, x, y: from.y + offset(from.height - height) }
}

const padded = (size: Size, { side, aspect, even }: Bounds): Size => {
  const up = (value: number) => toWhole(value, even, Math.ceil)
  return {
    width: Math.max(size.width, side.min, up(size.height * aspect.min)),
    height: Math.max(size.height, side.min, up(size.width / aspect.max)),
  }
}

/**
 * How the chosen remedies change a picture of this size.
 *
 * `crop` and `pad` correct the ratio and scale where the sides need it; `scale` alone keeps the ratio.
 * Without any of them the size only becomes even where it must be. The frame `crop` is what `crop` keeps: the middle by
 * default.
 */
export const fitSize = (
  size: Size,
  { remedies, crop }: { remedies: readonly Remedy[]; crop?: CropFrame | undefined },
  bounds: Bounds,
): Fit => {
  const asked = (remedy: Remedy) => remedies.includes(remedy)
  const frame = crop ? framed(size, crop, bounds.even) : whole(size)
  const afterCrop = asked('crop') ? cropped(frame, bounds) : whole(size)
  const aspectHolds = within(afterCrop.width / afterCrop.height, bounds.aspect)
  const mayScale = asked('scale') || asked('crop') || asked('pad')
  const unscaled = {
    width: wholeSide(afterCrop.width, bounds.even),
    height: wholeSide(afterCrop.height, bounds.even),
  }
  const afterScale = mayScale ? scaled(afterCrop, bounds, aspectHolds) : unscaled
  const afterPad = asked('pad') ? padded(afterScale, bounds) : afterScale
  return {
    crop: same(afterCrop, size) ? null : afterCrop,
    scale: same(afterScale, afterCrop) ? null : afterScale,
    pad: same(afterPad, afterScale) ? null : afterPad,
    size: afterPad,
  }
}

/**
 * The ratio that differs least from a clip's displayed size, by factor: 2:1 is as far from 1:1 as 1:2 is.
 * The first of two that are equally far.
 */
export const nearestRatio = (
  { width, height }: Size,
  ratios: readonly AspectRatio[],
): AspectRatio => {
  const own = Math.log(width / height)
  const distance = (ratio: AspectRatio) => Math.abs(Math.log(proportion(ratio)) - own)
  return ratios.reduce(
    (best, ratio) => (distance(ratio) < distance(best) - 1e-9 ? ratio : best),
    ratios[0] ?? '16:9',
  )
}
