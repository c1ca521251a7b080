import type { Waveform } from '../../../../preload/contract'
import type { TimeView } from './time-view'

/** Quiet sound is drawn larger than it is, so that speech can be seen beside music. */
const curve = 0.65

/** Loudness 0..1 of each column of the part in view. */
export const columnsOf = (
  { peaks, perSecond }: Waveform,
  view: TimeView,
  columns: number,
): number[] => {
  const step = (view.end - view.start) / Math.max(1, columns)
  return Array.from({ length: columns }, (_, index) => {
    const from = (view.start + index * step) * perSecond
    const first = Math.max(0, Math.floor(from))
    const last = Math.max(first + 1, Math.ceil(from + step * perSecond))
    let loudest = 0
    for (let place = first; place < Math.min(last, peaks.length); place += 1)
      loudest = Math.max(loudest, peaks[place] ?? 0)
    return loudest
  })
}

/** An outline of the sound around its middle line, as an SVG path. Pixels. */
export const wavePath = (columns: readonly number[], width: number, height: number): string => {
  if (columns.length === 0) return ''
  const middle = height / 2
  const across = width / columns.length
  const half = (loudness: number) => Math.max(0.5, Math.min(1, loudness) ** curve * (middle - 1))
  const point = (index: number, y: number) => `${(index * across).toFixed(1)} ${y.toFixed(1)}`
  const upper = columns.map((one, index) => point(index + 0.5, middle - half(one)))
  const lower = columns.map((one, index) => point(index + 0.5, middle + half(one)))
  return `M0 ${middle}L${upper.join('L')}L${width} ${middle}L${lower.toReversed().join('L')}Z`
}
