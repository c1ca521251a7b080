import { Clapperboard, LibraryBig, ListVideo, Settings2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useActiveJobs } from '../data/use-jobs'
import { show, usePlace, type View } from '../navigation'
import { classNames } from '../ui/class-names'
import { Tooltip } from '../ui/tooltip'
import { ProviderState } from './provider-state'

const RailButton = ({ view, icon, count = 0 }: { view: View; icon: ReactNode; count?: number }) => {
  const { t } = useTranslation()
  const current = usePlace().view === view
  const name = t(`common.views.${view}`)
  return (
    <Tooltip label={name} shortcut={`view-${view}`} side="right">
      <button
        aria-current={current ? 'page' : undefined}
        aria-label={count > 0 ? `${name}, ${t('common.activeJobs', { count })}` : name}
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
          {count > 0 ? (
            <span className="absolute -top-1.5 left-3 min-w-4 rounded-full bg-accent-fill px-1 text-center text-[10px] leading-4 font-semibold text-on-accent">
              {count > 99 ? '99+' : count}
            </span>
          ) : null}
        </span>
        {name}
      </button>
    </Tooltip>
  )
}

/** The four views, and at the bottom the provider. */
export const Rail = () => {
  const { t } = useTranslation()
  return (
    <nav
      aria-label={t('common.mainNavigation')}
      className="flex w-[72px] shrink-0 flex-col gap-1 border-r border-line bg-panel p-2"
    >
      <RailButton icon={<Clapperboard />} view="edit" />
      <RailButton count={useActiveJobs()} icon={<ListVideo />} view="queue" />
      <RailButton icon={<LibraryBig />} view="library" />
      <div className="flex-1" />
      <RailButton icon={<Settings2 />} view="settings" />
      <div className="mx-1 mt-1 h-px bg-line" />
      <ProviderState />
    </nav>
  )
}
