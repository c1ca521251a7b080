const rounded = (value: number, digits: number): string => String(Number(value.toFixed(digits)))

/**
 * A number short enough to read, yet long enough to lie on the same side of the bounds that it was held against:
 * 10.0004 beside a limit of 10 is not shown as 10.
 */
export const shownNumber = (value: number, bounds: readonly number[] = [], digits = 2): string => {
  for (let tried = digits; tried < 7; tried++) {
    const text = rounded(value, tried)
    const side = (bound: number) => Math.sign(Number(text) - Number(rounded(bound, 2)))
    if (bounds.every((bound) => side(bound) === Math.sign(value - bound))) return text
  }
  return rounded(value, 6)
}

/** Bytes as MB (millions of bytes), kB or B; bounds are shown with two digits. */
export const shownBytes = (bytes: number, bounds: readonly number[] = [], digits = 1): string => {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000
    ? `${rounded(bytes / 1000, 1)} kB`
    : `${shownNumber(
        bytes / 1_000_000,
        bounds.map((bound) => bound / 1_000_000),
        digits,
      )} MB`
}

/** A ratio as people say it: '16:9' becomes 1.78:1, tall ones 1:1.78. */
export const shownRatio = (ratio: number): string =>
  ratio >= 1 ? `${shownNumber(ratio, [8])}:1` : `1:${shownNumber(1 / ratio, [8])}`
