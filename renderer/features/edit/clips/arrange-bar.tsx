import { ArrowDownUp, Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { MediaItem } from '../../../../preload/contract'
import { useFormat } from '../../../language/use-format'
import { classNames } from '../../../ui/class-names'
import { Menu } from '../../../ui/menu'
import { Tooltip } from '../../../ui/tooltip'
import { type Mark, VerdictMark } from '../../../ui/verdict-mark'

const sortings = ['added', 'name', 'verdict', 'duration'] as const
const filters = ['all', 'pass', 'warn', 'fail'] as const
type Filtering = (typeof filters)[number]

interface Arrangement {
  sorting: (typeof sortings)[number]
  filtering: Filtering
}

export const unsorted: Arrangement = { sorting: 'added', filtering: 'all' }

/** The order by verdict: what needs attention comes first. */
const urgency: Record<Mark, number> = { fail: 0, warn: 1, checking: 2, info: 3, pass: 3 }

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

const seconds = ({ facts }: MediaItem): number =>
  facts?.kind === 'video' ? (facts.duration ?? -1) : -1

/** The rows sorted and filtered. Equal rows keep the order in which they were added. */
export const arranged = (
  rows: readonly MediaItem[],
  markOf: (item: MediaItem) => Mark,
  { sorting, filtering }: Arrangement,
): readonly MediaItem[] => {
  const shown = filtering === 'all' ? rows : rows.filter((item) => markOf(item) === filtering)
  const compare = {
    added: () => 0,
    name: (a: MediaItem, b: MediaItem) => names.compare(a.name, b.name),
    verdict: (a: MediaItem, b: MediaItem) => urgency[markOf(a)] - urgency[markOf(b)],
    duration: (a: MediaItem, b: MediaItem) => seconds(b) - seconds(a),
  }
  return shown.toSorted(compare[sorting])
}

/** How many rows each filter shows. */
export const counted = (marks: readonly Mark[]): Record<Filtering, number> => {
  const count = (wanted: Mark) => marks.filter((mark) => mark === wanted).length
  return { all: marks.length, pass: count('pass'), warn: count('warn'), fail: count('fail') }
}

interface ArrangementProps {
  arrangement: Arrangement
  onChange: (arrangement: Arrangement) => void
}

/** The menu with the orders of the column. */
export const SortMenu = ({ arrangement, onChange }: ArrangementProps) => {
  const { t } = useTranslation()
  const { sorting } = arrangement
  const name = t('edit.clips.sortBy', { order: t(`edit.clips.sort.${sorting}`) })
  return (
    <Menu
      align="start"
      items={sortings.map((one) => ({
        label: t(`edit.clips.sort.${one}`),
        icon: one === sorting ? <Check /> : <span className="size-4" />,
        onSelect: () => onChange({ ...arrangement, sorting: one }),
      }))}
      trigger={
        <button
          aria-label={name}
          className={classNames(
            'inline-flex size-6 items-center justify-center rounded-md hover:bg-hover data-[state=open]:bg-hover',
            sorting === 'added' ? 'text-muted' : 'text-accent-text',
          )}
          data-testid="clips-sort"
          title={name}
          type="button"
        >
          <ArrowDownUp aria-hidden className="size-3.5" />
        </button>
      }
    />
  )
}

/** The filters by verdict, with counts. */
export const FilterBar = ({
  counts,
  arrangement,
  onChange,
}: ArrangementProps & { counts: ReturnType<typeof counted> }) => {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div
      aria-label={t('edit.clips.filter')}
      className="mx-2 mb-2 flex h-7 shrink-0 gap-0.5 rounded-md bg-pressed p-0.5"
      role="toolbar"
    >
      {filters.map((filtering) => {
        const on = arrangement.filtering === filtering
        const count = format.count(counts[filtering])
        const name = t(`edit.clips.filters.${filtering}`)
        return (
          <Tooltip key={filtering} label={name}>
            <button
              aria-label={`${name}, ${count}`}
              aria-pressed={on}
              className={classNames(
                'inline-flex flex-1 items-center justify-center gap-1 rounded-[5px] text-sm transition-colors disabled:opacity-40',
                on ? 'bg-chosen text-text' : 'text-muted hover:text-text',
              )}
              data-testid={`filter-${filtering}`}
              disabled={counts[filtering] === 0 && !on}
              onClick={() => onChange({ ...arrangement, filtering: on ? 'all' : filtering })}
              type="button"
            >
              {filtering === 'all' ? (
                t('edit.clips.filters.allShort')
              ) : (
                <>
                  <VerdictMark className="size-3.5" mark={filtering} />
                  {count}
                </>
              )}
            </button>
          </Tooltip>
        )
      })}
    </div>
  )
}
