import type { AspectRatio } from '../../preload/contract'

const proportion = (ratio: AspectRatio): number => {
  const [width = 1, height = 1] = ratio.split(':').map(Number)
  return width / height
}

/**
 * The ratio that is least far from a clip's displayed size, by factor: 2:1 is as far from 1:1 as 1:2 is.
 *
 * Of two that are equally far the first is taken.
 */
export function nearestRatio(
  size: { width: number; height: number },
  ratios: readonly AspectRatio[],
): AspectRatio {
  const own = Math.log(size.width / size.height)
  const distance = (ratio: AspectRatio) => Math.abs(Math.log(proportion(ratio)) - own)
  return ratios.reduce(
    (best, ratio) => (distance(ratio) < distance(best) - 1e-9 ? ratio : best),
    ratios[0] ?? '16:9',
  )
}
