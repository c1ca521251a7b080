import type { Draft, DraftSource, Selection } from '../../../../preload/contract'
import { mostParts } from '../../../../preload/contract/bounds'
import {
  asSelection,
  clipSeconds,
  lengthOf,
  rangeOf,
  type Track,
  tolerance,
  windowAt,
} from './trim-range'

/** A part of a clip. Each part becomes a separate edit. */
export interface Part {
  range: Selection
  /** Whether the handles move this part. */
  current: boolean
}

type Parts = Pick<DraftSource, 'selection' | 'moreSelections'>

/** All parts of a clip, ordered by time. */
export const partsOf = (source: Parts, track: Track): Part[] =>
  [
    { range: rangeOf(source.selection, track), current: true },
    ...source.moreSelections.map((range) => ({ range: rangeOf(range, track), current: false })),
  ].toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end)

/** The range of a new part: at `time`, else after an existing part, else at the start; overlapping if nothing is free. */
const placeFor = (time: number, occupied: readonly Selection[], track: Track): Selection => {
  const free = (range: Selection) =>
    lengthOf(range) >= Math.min(clipSeconds.min, track.duration) - tolerance &&
    occupied.every(
      (one) => range.end <= one.start + tolerance || range.start >= one.end - tolerance,
    )
  const fit = (start: number): Selection => {
    const next = occupied.filter((one) => one.start >= start - tolerance).map((one) => one.start)
    const end = Math.min(track.duration, start + clipSeconds.max, ...next)
    return { start, end }
  }
  const starts = [time, ...occupied.map((one) => one.end), 0]
  return starts.map(fit).find(free) ?? windowAt(time, clipSeconds.max, track)
}

/** The source with a new part, which becomes the current one. Unchanged when it has as many as allowed. */
export const withPart = <T extends Parts>(source: T, time: number, track: Track): T => {
  const parts = partsOf(source, track).map(({ range }) => range)
  if (parts.length >= mostParts) return source
  const whole = rangeOf(source.selection, track)
  return {
    ...source,
    selection: asSelection(placeFor(time, parts, track), track),
    moreSelections: [...source.moreSelections, whole],
  }
}

const isSame = (a: Selection, b: Selection) => a.start === b.start && a.end === b.end

const without = (ranges: readonly Selection[], range: Selection): Selection[] => {
  const index = ranges.findIndex((one) => isSame(one, range))
  return index === -1 ? [...ranges] : ranges.toSpliced(index, 1)
}

/** The source with another current part. */
export const withCurrent = <T extends Parts>(
  source: T,
  { range, current }: Part,
  track: Track,
): T =>
  current
    ? source
    : {
        ...source,
        selection: asSelection(range, track),
        moreSelections: [
          ...without(source.moreSelections, range),
          rangeOf(source.selection, track),
        ],
      }

/** The source with the part of this selection as the current one. Unchanged when there is no such part. */
export const withSelection = <T extends Parts>(source: T, selection: Selection | null): T => {
  const index = source.moreSelections.findIndex(
    (one) => selection !== null && isSame(one, selection),
  )
  if (index === -1 || source.selection === null) return source
  return {
    ...source,
    selection,
    moreSelections: [...source.moreSelections.toSpliced(index, 1), source.selection],
  }
}

/** The source without a part. A neighbour replaces the current part; the only part stays. */
export const withoutPart = <T extends Parts>(source: T, part: Part, track: Track): T => {
  if (source.moreSelections.length === 0) return source
  if (!part.current)
    return { ...source, moreSelections: without(source.moreSelections, part.range) }
  const parts = partsOf(source, track)
  const index = parts.findIndex(({ current }) => current)
  const next = parts[index + 1] ?? parts[index - 1]
  if (!next) return source
  return {
    ...source,
    selection: asSelection(next.range, track),
    moreSelections: without(source.moreSelections, next.range),
  }
}

/** One draft for each part, ordered by time. These are submitted. */
export const draftsOf = (draft: Draft): Draft[] => {
  const { source } = draft
  if (source.moreSelections.length === 0) return [draft]
  const start = (selection: Selection | null) => selection?.start ?? 0
  return [source.selection, ...source.moreSelections]
    .toSorted((a, b) => start(a) - start(b))
    .map((selection) => ({ ...draft, source: { ...source, selection, moreSelections: [] } }))
}

/** The time between ranges, from 0 to infinity. */
export const gapsBetween = (ranges: readonly Selection[]): Selection[] => {
  const gaps: Selection[] = []
  let reached = 0
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (start > reached) gaps.push({ start: reached, end: start })
    reached = Math.max(reached, end)
  }
  return [...gaps, { start: reached, end: Number.POSITIVE_INFINITY }]
}
