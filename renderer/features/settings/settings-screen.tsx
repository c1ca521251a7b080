import { TriangleAlert } from 'lucide-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SettingsView } from '../../../preload/contract'
import { useSettings } from '../../data/use-settings'
import { usePlace } from '../../navigation'
import { Button } from '../../ui/button'
import { classNames } from '../../ui/class-names'
import { EmptyState } from '../../ui/empty-state'
import { DiagnosticsSection } from './diagnostics-section'
import {
  AboutSection,
  AppearanceSection,
  LanguageSection,
  LibrarySection,
  NotificationsSection,
} from './plain-sections'
import { ProvidersSection } from './providers-section'
import { isSectionId, type SectionId, sectionIds } from './section'
import { sectionInSight } from './section-in-sight'
import { SpendingSection } from './spending-section'
import { StorageSection } from './storage-section'
import { ToolsSection } from './tools-section'

const sectionsIn = (page: HTMLElement | null): HTMLElement[] => [
  ...(page?.querySelectorAll<HTMLElement>('[data-section]') ?? []),
]

/** Which section is being read; a click says so at once, scrolling finds out. */
const useSectionInSight = (page: RefObject<HTMLDivElement | null>) => {
  const [current, setCurrent] = useState<SectionId>('providers')
  // A section near the end cannot reach the top: the click knows better than the scrolling it causes.
  const wentAt = useRef(0)
  const look = () => {
    const element = page.current
    if (!element || performance.now() - wentAt.current < 200) return
    const tops = sectionsIn(element).map((section) => ({
      id: section.dataset['section'] ?? '',
      top: section.offsetTop - element.scrollTop,
    }))
    const end = element.scrollTop + element.clientHeight >= element.scrollHeight - 1
    const id = sectionInSight(tops, element.clientHeight, end)
    if (id !== null && isSectionId(id)) setCurrent(id)
  }
  const go = (id: SectionId) => {
    const section = sectionsIn(page.current).find((one) => one.dataset['section'] === id)
    wentAt.current = performance.now()
    section?.scrollIntoView({ block: 'start' })
    setCurrent(id)
  }
  return { current, look, go }
}

const Contents = ({ current, onGo }: { current: SectionId; onGo: (id: SectionId) => void }) => {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('settings.contents')} className="w-48 shrink-0 overflow-y-auto p-4 pr-0">
      <ul className="flex flex-col gap-0.5">
        {sectionIds.map((id) => (
          <li key={id}>
            <button
              aria-current={id === current ? 'true' : undefined}
              className={classNames(
                'flex h-8 w-full items-center rounded-md px-3 text-left transition-colors',
                id === current ? 'bg-pressed' : 'text-muted hover:bg-hover hover:text-text',
              )}
              onClick={() => onGo(id)}
              type="button"
            >
              {t(`settings.section.${id}`)}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const Page = ({ view }: { view: SettingsView }) => {
  const { t } = useTranslation()
  const page = useRef<HTMLDivElement>(null)
  const { current, look, go } = useSectionInSight(page)
  const { target } = usePlace()
  const asked = target?.view === 'settings' ? target.id : null
  useEffect(() => {
    if (asked === null) return
    page.current?.querySelector(`[data-section="${CSS.escape(asked)}"]`)?.scrollIntoView()
  }, [asked])
  return (
    <div className="flex h-full">
      <h1 className="sr-only">{t('settings.title')}</h1>
      <Contents current={current} onGo={go} />
      <div className="relative min-w-0 flex-1 overflow-y-auto" onScroll={look} ref={page}>
        <div className="mx-auto flex max-w-[720px] flex-col gap-10 px-8 py-6">
          <ProvidersSection view={view} />
          <StorageSection view={view} />
          <SpendingSection view={view} />
          <LibrarySection view={view} />
          <ToolsSection view={view} />
          <AppearanceSection view={view} />
          <LanguageSection view={view} />
          <NotificationsSection view={view} />
          <DiagnosticsSection view={view} />
          <AboutSection view={view} />
        </div>
      </div>
    </div>
  )
}

/** Everything a person can set, in plain sections. */
export const SettingsScreen = () => {
  const { t } = useTranslation()
  const { data: view, isError, refetch } = useSettings()
  if (isError)
    return (
      <EmptyState icon={<TriangleAlert />} sentence={t('settings.broken')}>
        <Button onClick={() => void refetch()}>{t('settings.tryAgain')}</Button>
      </EmptyState>
    )
  if (!view) return <div aria-busy className="h-full" />
  return <Page view={view} />
}
