/** Part of a picture, in its own pixels. */
export interface Part {
  x: number
  y: number
  width: number
  height: number
}

/**
 * What of a picture fills a place without distorting what is seen.
 *
 * `from` is the ratio that the picture is of, `to` the ratio of the place; the tiles of very long or tall clips hold
 * them squeezed, so that their own pixels do not tell.
 */
export const covering = (
  { x, y, width, height }: Part,
  { from, to }: { from: number; to: number },
): Part => {
  const across = width * Math.min(1, to / from)
  const down = height * Math.min(1, from / to)
  return { x: x + (width - across) / 2, y: y + (height - down) / 2, width: across, height: down }
}
