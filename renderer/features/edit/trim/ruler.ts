import type { TimeView } from './time-view'
import { formatFrames } from './timecode'
import type { Track } from './trim-range'

export interface Tick {
  time: number
  /** Its time, where there is room to write it. */
  label: string | null
}

/** Steps between labels that read well, in timecode seconds. */
const roundSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600]
/** The same below a second, in frames. */
const roundFrames = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30]

/** "05:12" is second and frame where frames are told apart, "01:05" minute and second elsewhere. */
const labelOf = (time: number, frameRate: number, showsFrames: boolean): string => {
  const code = formatFrames(time, frameRate)
  if (showsFrames) return code.slice(6)
  return code.startsWith('00') ? code.slice(3, 8) : code.slice(0, 8)
}

/** Marks of the ruler: labels no closer than `apart` pixels, and up to four marks between two of them. */
export const ticksOf = (
  view: TimeView,
  width: number,
  { duration, frameRate }: Track,
  apart: number,
): Tick[] => {
  const seconds = view.end - view.start
  if (width <= 0 || seconds <= 0) return []
  const count = Math.max(1, Math.round(frameRate))
  const pixels = width / seconds / frameRate // of one frame
  const steps = [
    ...roundFrames.filter((frames) => frames < count && count % frames === 0),
    ...roundSeconds.map((one) => one * count),
  ]
  const step = steps.find((frames) => frames * pixels >= apart) ?? 3600 * count
  const parts = [5, 4, 3, 2].find((one) => step % one === 0 && (step / one) * pixels >= 5) ?? 1
  const part = step / parts
  const last = Math.min(view.end, duration) * frameRate
  const first = Math.ceil((view.start * frameRate) / part - 1e-6)
  const length = Math.max(0, Math.floor(last / part + 1e-6) - first + 1)
  return Array.from({ length }, (_, index) => {
    const place = first + index
    const time = (place * part) / frameRate
    return { time, label: place % parts === 0 ? labelOf(time, frameRate, step < count) : null }
  })
}
