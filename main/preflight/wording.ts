import { sharedTexts } from '../../preload/contract/language'

const rounded = (value: number, digits: number): string => String(Number(value.toFixed(digits)))

/** Nobody reads more. */
const mostDigits = 3

/**
 * A number as short as possible that still lies on the same side of every bound: 10.004 beside a limit of 10 is not
 * shown as 10. A value that is closer than three digits can show is moved away from the bound: 10.00001 is 10.001.
 */
export const shownNumber = (value: number, bounds: readonly number[], digits = 2): string => {
  const step = 10 ** -mostDigits
  const near = (bound: number) => Number(rounded(bound, 2))
  const crossed = (text: string) =>
    bounds.find((bound) => Math.sign(Number(text) - near(bound)) !== Math.sign(value - bound))
  for (let tried = digits; tried <= mostDigits; tried++) {
    const text = rounded(value, tried)
    if (crossed(text) === undefined) return text
  }
  const bound = crossed(rounded(value, mostDigits)) ?? value
  return rounded(near(bound) + Math.sign(value - bound) * step, mostDigits)
}

/** A file size in MB (millions of bytes), kB or B. Bounds are compared as shown, with two digits. */
export const shownBytes = (bytes: number, bounds: readonly number[], digits = 1): string => {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${rounded(bytes / 1000, 1)} kB`
  const megabytes = (value: number) => value / 1_000_000
  return `${shownNumber(megabytes(bytes), bounds.map(megabytes), digits)} MB`
}

/** A ratio as people write it: 1.78:1, or 1:1.78 for a tall picture. */
export const shownRatio = (ratio: number): string =>
  ratio >= 1 ? `${shownNumber(ratio, [8])}:1` : `1:${shownNumber(1 / ratio, [8])}`

const contents: Readonly<Record<string, string>> = sharedTexts.en.content

/** The text key that names a kind of content; null stands for unknown content. */
export const contentKey = (kind: string | null): string =>
  `content.${kind !== null && Object.hasOwn(contents, kind) ? kind : 'unknown'}`

const codecs: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'HEVC',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
  dnxhd: 'DNxHD',
  mjpeg: 'MJPEG',
  mpeg4: 'MPEG-4',
  mpeg2video: 'MPEG-2',
  mpeg1video: 'MPEG-1',
  h263: 'H.263',
  theora: 'Theora',
}

/** ffprobe's codec name as people write it. */
export const codecName = (codec: string | null): string =>
  codec === null ? '?' : (codecs[codec] ?? codec)
