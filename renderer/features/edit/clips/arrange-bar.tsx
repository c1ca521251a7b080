import { ArrowDownUp, Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../language/use-format'
import { classNames } from '../../../ui/class-names'
import { Menu } from '../../../ui/menu'
import { Tooltip } from '../../../ui/tooltip'
import { VerdictMark } from '../../../ui/verdict-mark'
import type { Arrangement, Filtering, Sorting } from './arrange'

const sortings: readonly Sorting[] = ['added', 'name', 'verdict', 'duration']
const filters: readonly Filtering[] = ['all', 'pass', 'warn', 'fail']

/** The order of the column. */
export const SortMenu = ({
  arrangement,
  onChange,
}: {
  arrangement: Arrangement
  onChange: (arrangement: Arrangement) => void
}) => {
  const { t } = useTranslation()
  const { sorting } = arrangement
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
          aria-label={t('edit.clips.sortBy', { order: t(`edit.clips.sort.${sorting}`) })}
          className={classNames(
            'inline-flex size-6 items-center justify-center rounded-md hover:bg-hover data-[state=open]:bg-hover',
            sorting === 'added' ? 'text-muted' : 'text-accent-text',
          )}
          data-testid="clips-sort"
          title={t('edit.clips.sortBy', { order: t(`edit.clips.sort.${sorting}`) })}
          type="button"
        >
          <ArrowDownUp aria-hidden className="size-3.5" />
        </button>
      }
    />
  )
}

/** Which verdicts the column shows, and how many of each there are. */
export const FilterBar = ({
  counts,
  arrangement,
  onChange,
}: {
  counts: Record<Filtering, number>
  arrangement: Arrangement
  onChange: (arrangement: Arrangement) => void
}) => {
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
