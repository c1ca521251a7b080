import { TriangleAlert } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { SettingsView, ToolStates } from '../../../preload/contract'
import { useSettings, useTools } from '../../data/use-settings'
import { useTarget } from '../../navigation'
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
import { sectionIds } from './section'
import { SpendingSection } from './spending-section'
import { StorageSection } from './storage-section'
import { ToolsSection } from './tools-section'
import { useSectionInSight } from './use-section-in-sight'

const Page = ({ view, tools }: { view: SettingsView; tools: ToolStates }) => {
  const { t } = useTranslation()
  const page = useRef<HTMLDivElement>(null)
  const { current, look, go } = useSectionInSight(page)
  const asked = useTarget('settings')
  useEffect(() => {
    if (asked === null) return
    const id = CSS.escape(asked)
    go(`[data-section="${id}"], [data-provider="${id}"]`)
  }, [asked, go])
  return (
    <div className="flex h-full">
      <h1 className="sr-only">{t('settings.title')}</h1>
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
                onClick={() => go(`[data-section="${id}"]`)}
                type="button"
              >
                {t(`settings.section.${id}`)}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div className="relative min-w-0 flex-1 overflow-y-auto" onScroll={look} ref={page}>
        <div className="mx-auto flex max-w-[720px] flex-col gap-10 px-8 py-6">
          <ProvidersSection view={view} />
          <StorageSection view={view} />
          <SpendingSection view={view} />
          <LibrarySection view={view} />
          <ToolsSection tools={tools} />
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

/** Settings in sections, with a table of contents. */
export const SettingsScreen = () => {
  const { t } = useTranslation()
  const settings = useSettings()
  const tools = useTools()
  const tryAgain = () => {
    for (const query of [settings, tools]) if (query.isError) void query.refetch()
  }
  if (settings.isError || tools.isError)
    return (
      <EmptyState icon={<TriangleAlert />} sentence={t('settings.broken')}>
        <Button onClick={tryAgain}>{t('common.tryAgain')}</Button>
      </EmptyState>
    )
  if (!settings.data || !tools.data) return <div aria-busy className="h-full" />
  return <Page tools={tools.data} view={settings.data} />
}
