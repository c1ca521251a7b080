import type { CropFrame } from './edit'
import type { ClipFacts, Facts } from './media'

/** Displayed pixels of a clip or an image; null where they are unknown, and of a file without a picture. */
export const pixelsOf = (facts: Facts | null): { width: number; height: number } | null => {
  if (facts?.kind !== 'video' && facts?.kind !== 'image') return null
  const { width, height } = facts
  return width && height ? { width, height } : null
}

/** Width divided by height of a displayed pixel. */
export const pixelAspect = ({ sar, rotation }: Pick<ClipFacts, 'sar' | 'rotation'>): number => {
  const [n = 1, d = 1] = sar.split(':').map(Number)
  if (!(n > 0) || !(d > 0)) return 1
  // The sample aspect ratio is about stored pixels: a quarter turn inverts it.
  return rotation % 180 === 0 ? n / d : d / n
}

/** Width divided by height of a ratio's name: '16:9' is 1.78. */
export const proportion = (ratio: string): number => {
  const [width = 1, height = 1] = ratio.split(':').map(Number)
  return width / height
}

/** The largest frame of a ratio, in the middle of a picture. `pixel` is the aspect of its pixels. */
export const frameOfRatio = (
  picture: { width: number; height: number },
  ratio: string,
  pixel = 1,
): CropFrame => {
  const part = (proportion(ratio) * picture.height) / (picture.width * pixel)
  const [width, height] = [Math.min(1, part), Math.min(1, 1 / part)]
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height }
}
