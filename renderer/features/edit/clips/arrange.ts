import type { MediaItem } from '../../../../preload/contract'
import type { Mark } from '../../../ui/verdict-mark'

export type Sorting = 'added' | 'name' | 'verdict' | 'duration'
export type Filtering = 'all' | 'pass' | 'warn' | 'fail'

export interface Arrangement {
  sorting: Sorting
  filtering: Filtering
}

export const asTheyCame: Arrangement = { sorting: 'added', filtering: 'all' }

/** What needs a person comes first. */
const urgency: Record<Mark, number> = { fail: 0, warn: 1, checking: 2, info: 3, pass: 3 }

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

const seconds = ({ facts }: MediaItem): number =>
  facts?.kind === 'video' ? (facts.duration ?? -1) : -1

type Compare = (a: MediaItem, b: MediaItem) => number

const comparing = (sorting: Sorting, markOf: (item: MediaItem) => Mark): Compare | null => {
  switch (sorting) {
    case 'added':
      return null
    case 'name':
      return (a, b) => names.compare(a.name, b.name)
    case 'verdict':
      return (a, b) => urgency[markOf(a)] - urgency[markOf(b)]
    case 'duration':
      return (a, b) => seconds(b) - seconds(a)
  }
}

const kindOfMark = (mark: Mark): Filtering =>
  mark === 'fail' || mark === 'warn' || mark === 'pass' ? mark : 'all'

/** The rows as the column lists them; equal ones stay in the order they came. */
export const arranged = (
  rows: readonly MediaItem[],
  markOf: (item: MediaItem) => Mark,
  { sorting, filtering }: Arrangement,
): readonly MediaItem[] => {
  const shown =
    filtering === 'all' ? rows : rows.filter((item) => kindOfMark(markOf(item)) === filtering)
  const compare = comparing(sorting, markOf)
  return compare ? shown.toSorted(compare) : shown
}

/** How many rows each filter would show. */
export const counted = (marks: readonly Mark[]): Record<Filtering, number> => {
  const counts = { all: marks.length, pass: 0, warn: 0, fail: 0 }
  for (const mark of marks) {
    const kind = kindOfMark(mark)
    if (kind !== 'all') counts[kind] += 1
  }
  return counts
}
