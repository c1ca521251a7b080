import { CircleAlert, CirclePlay, Ellipsis, LoaderCircle } from 'lucide-react'
import { type MouseEvent, memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MediaItem } from '../../../../preload/contract'
import type { Submitted } from '../../../data/submitted'
import { useFormat } from '../../../language/use-format'
import { classNames } from '../../../ui/class-names'
import { Menu } from '../../../ui/menu'
import { Poster } from '../../../ui/poster'
import { type Mark, VerdictMark } from '../../../ui/verdict-mark'
import { figuresOf, kindOf } from '../file-kind'
import { useFileActions } from './file-actions'

const RowMenu = ({ item }: { item: MediaItem }) => {
  const { t } = useTranslation()
  const { check, reveal, remove } = useFileActions(item)
  return (
    <Menu
      items={[check, reveal, { ...remove, isApart: true }]}
      trigger={
        <button
          aria-label={t('edit.clips.actions', { name: item.name })}
          className="absolute top-1.5 right-1.5 inline-flex size-6 items-center justify-center rounded-md bg-raised text-muted opacity-0 group-hover:opacity-100 hover:text-text focus-visible:opacity-100 data-[state=open]:opacity-100"
          type="button"
        >
          <Ellipsis aria-hidden className="size-4" />
        </button>
      }
    />
  )
}

/** The first figure, and the others in wide windows. */
const Figures = ({ figures: [first, ...others] }: { figures: readonly string[] }) => (
  <span className="truncate">
    {first}
    {others.map((figure) => (
      <span className="max-[1100px]:hidden" key={figure}>
        {` · ${figure}`}
      </span>
    ))}
  </span>
)

/** Each number of jobs with its sign; in red where the person is needed. */
const signs = {
  attention: { Sign: CircleAlert, look: 'text-fail' },
  running: { Sign: LoaderCircle, look: 'text-muted' },
  results: { Sign: CirclePlay, look: 'text-muted' },
} as const

const kinds = ['attention', 'running', 'results'] as const

/** What became of the edits of a clip, in signs. */
const Marks = ({ submitted }: { submitted: Submitted }) => (
  <span aria-hidden className="ml-auto flex shrink-0 gap-1.5 pr-1 text-xs">
    {kinds.map((kind) => {
      const { Sign, look } = signs[kind]
      return submitted[kind] > 0 ? (
        <span
          className={classNames('flex items-center gap-0.5', look)}
          data-submitted={kind}
          key={kind}
        >
          {submitted[kind]}
          <Sign className="size-3" />
        </span>
      ) : null
    })}
  </span>
)

const lookOf = (current: boolean, chosen: boolean, several: boolean): string => {
  if (current) return several ? 'bg-accent-soft ring-1 ring-accent ring-inset' : 'bg-pressed'
  return chosen ? 'bg-accent-soft' : 'hover:bg-hover'
}

const Row = ({
  item,
  mark,
  submitted,
  chosen,
  current,
  several,
  onPress,
  top,
  height,
  position,
  total,
}: {
  item: MediaItem
  mark: Mark
  /** Undefined when nothing was submitted. */
  submitted: Submitted | undefined
  chosen: boolean
  /** Whether the stage shows this file. */
  current: boolean
  /** Whether several rows are chosen. */
  several: boolean
  onPress: (id: string, event: MouseEvent) => void
  top: number
  height: number
  position: number
  total: number
}) => {
  const { t } = useTranslation()
  const format = useFormat()
  const state = item.state === 'missing' ? t('common.missing') : t(`common.verdict.${mark}`)
  const figures = figuresOf(item, format)
  const became = kinds.flatMap((kind) =>
    submitted?.[kind] ? t(`edit.clips.${kind}`, { count: submitted[kind] }) : [],
  )
  // A checked file without figures cannot be read.
  const problem = item.state === 'checked' ? t('edit.clips.unreadable') : state
  return (
    <div className="group absolute inset-x-0" style={{ height, transform: `translateY(${top}px)` }}>
      <button
        aria-label={[item.name, state, ...figures, ...became].join(', ')}
        aria-posinset={position}
        aria-selected={chosen}
        aria-setsize={total}
        className={classNames(
          'flex size-full items-center gap-2 rounded-lg pr-1 pl-2 text-left transition-colors',
          lookOf(current, chosen, several),
        )}
        data-media-id={item.id}
        data-testid="clip-row"
        onClick={(event) => onPress(item.id, event)}
        role="option"
        tabIndex={current ? 0 : -1}
        title={[item.name, figures.join(' · '), became.join(' · '), item.folder]
          .filter(Boolean)
          .join('\n')}
        type="button"
      >
        <Poster className="h-11 w-14" kind={kindOf(item)} url={item.posterUrl} />
        <span className="min-w-0 flex-1">
          <span className="block truncate group-focus-within:pr-6 group-hover:pr-6">
            {item.name}
          </span>
          <span className="flex items-center gap-1.5 text-sm text-muted">
            <VerdictMark className="size-3.5" mark={mark} />
            {figures.length > 0 ? (
              <Figures figures={figures} />
            ) : (
              <span className="truncate">
                {item.state === 'checking' ? t('edit.clips.checking') : problem}
              </span>
            )}
            {submitted ? <Marks submitted={submitted} /> : null}
          </span>
        </span>
      </button>
      <RowMenu item={item} />
    </div>
  )
}

/** A row of the column. Memoized: a list of thousands renders only the rows that change. */
export const ClipRow = memo(Row)
