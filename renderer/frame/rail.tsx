import { Clapperboard, LibraryBig, ListVideo, Settings2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useJobCounts } from '../data/use-jobs'
import { show, usePlace, type View } from '../navigation'
import { classNames } from '../ui/class-names'
import { Tooltip } from '../ui/tooltip'
import { ProviderState } from './provider-state'

/** What stands beside an icon: a number, in red where the person is needed; null for a dot. */
interface Mark {
  count: number | null
  isUrgent?: boolean
  /** What it means, for screen readers and the tooltip. */
  says: string
}

const Badge = ({ count, isUrgent = false }: Mark) =>
  count === null ? (
    <span className="absolute -top-0.5 left-4 size-2 rounded-full bg-accent-fill" />
  ) : (
    <span
      className={classNames(
        'absolute -top-1.5 left-3 min-w-4 rounded-full px-1 text-center text-[10px] leading-4 font-semibold',
        isUrgent ? 'bg-fail text-panel' : 'bg-accent-fill text-on-accent',
      )}
    >
      {count > 99 ? '99+' : count}
    </span>
  )

const RailButton = ({
  view,
  icon,
  mark = null,
}: {
  view: View
  icon: ReactNode
  mark?: Mark | null
}) => {
  const { t } = useTranslation()
  const current = usePlace().view === view
  const name = t(`common.views.${view}`)
  return (
    <Tooltip label={name} shortcut={`view-${view}`} side="right">
      <button
        aria-current={current ? 'page' : undefined}
        aria-label={mark ? `${name}, ${mark.says}` : name}
        className={classNames(
          'relative flex h-14 w-full flex-col items-center justify-center gap-1 rounded-lg text-xs transition-colors [&_svg]:size-5 [&_svg]:stroke-[1.6]',
          current ? 'bg-pressed text-text' : 'text-muted hover:bg-hover hover:text-text',
        )}
        data-testid={`nav-${view}`}
        onClick={() => show(view)}
        type="button"
      >
        <span aria-hidden className="relative">
          {icon}
          {mark ? <Badge {...mark} /> : null}
        </span>
        {name}
      </button>
    </Tooltip>
  )
}

/** The marks of the queue and the library. */
const useMarks = (): { queue: Mark | null; library: Mark | null } => {
  const { t } = useTranslation()
  const { running, attention, results } = useJobCounts()
  const says = [
    attention > 0 ? t('common.urgentJobs', { count: attention }) : '',
    running > 0 ? t('common.activeJobs', { count: running }) : '',
  ].filter(Boolean)
  return {
    queue:
      says.length > 0
        ? { count: attention || running, isUrgent: attention > 0, says: says.join(', ') }
        : null,
    library: results > 0 ? { count: null, says: t('common.newResults', { count: results }) } : null,
  }
}

/** The four views, and at the bottom the provider. */
export const Rail = () => {
  const { t } = useTranslation()
  const marks = useMarks()
  return (
    <nav
      aria-label={t('common.mainNavigation')}
      className="flex w-[72px] shrink-0 flex-col gap-1 border-r border-line bg-panel p-2"
    >
      <RailButton icon={<Clapperboard />} view="edit" />
      <RailButton icon={<ListVideo />} mark={marks.queue} view="queue" />
      <RailButton icon={<LibraryBig />} mark={marks.library} view="library" />
      <div className="flex-1" />
      <RailButton icon={<Settings2 />} view="settings" />
      <div className="mx-1 mt-1 h-px bg-line" />
      <ProviderState />
    </nav>
  )
}
