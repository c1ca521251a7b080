import { useTranslation } from 'react-i18next'
import type {
  ProviderDescription,
  SettingsView,
  ToolState,
  ToolStates,
} from '../../../preload/contract'
import { useCopy, useOpenLogs } from '../../data/use-app'
import { useProviders } from '../../data/use-providers'
import { Button } from '../../ui/button'
import { Card, Section } from './section'

const origins = { chosen: 'own', found: 'newest capable one of this computer', bundled: 'bundled' }

/** What a tool said may name folders. */
const withoutPaths = (words: string): string => words.replace(/\S*[\\/]\S*/g, '…')

const tool = (name: string, state: ToolState): string[] => {
  const problem = state.problem === null ? '' : `; problem: ${withoutPaths(state.problem)}`
  return [
    `${name}: ${state.version ?? 'unknown version'} (${origins[state.origin]})${problem}`,
    ...state.passedOver.map((other) => {
      const detail = withoutPaths(other.detail)
      const reason = { old: 'too old', lacks: `lacks ${detail}`, failed: `failed: ${detail}` }
      return `${name} not used: ${other.version ?? 'unknown version'} (${reason[other.why]})`
    }),
  ]
}

/**
 * Facts that help to find a fault, in English, one per line: versions, tools, and where keys come from.
 * Never a key, a prompt, a file name or a folder.
 */
export const diagnosticsOf = (
  view: SettingsView,
  tools: ToolStates,
  providers: readonly Pick<ProviderDescription, 'id' | 'key'>[],
  platform: string,
): string =>
  [
    `Reshoot: ${view.version}`,
    `Platform: ${platform}`,
    `Electron: ${view.versions.electron}`,
    `Chromium: ${view.versions.chrome}`,
    `Node: ${view.versions.node}`,
    ...tool('ffmpeg', tools.ffmpeg),
    ...tool('ffprobe', tools.ffprobe),
    `Key store: ${view.keyStore.backend} (${view.keyStore.encrypted ? 'encrypted' : 'plain text'})`,
    ...providers.map(({ id, key }) => `Key of ${id}: ${key}`),
    `Language: ${view.language} (${view.settings.language})`,
    `Theme: ${view.settings.theme}`,
  ].join('\n')

/** Versions and folders, to copy into a report, and the logs. */
export const DiagnosticsSection = ({ view, tools }: { view: SettingsView; tools: ToolStates }) => {
  const { t } = useTranslation()
  const { data: providers = [] } = useProviders()
  const copy = useCopy()
  const { mutate: openLogs } = useOpenLogs()
  const { backend, encrypted } = view.keyStore
  const lines = [
    ['app', view.version],
    ['electron', view.versions.electron],
    ['chrome', view.versions.chrome],
    ['node', view.versions.node],
    [
      'keyStore',
      t(encrypted ? 'settings.diagnostics.encrypted' : 'settings.diagnostics.plain', { backend }),
    ],
    ['home', view.homeFolder],
  ] as const
  return (
    <Section id="diagnostics" intro={t('settings.diagnostics.text')}>
      <Card className="flex flex-col gap-4 divide-y-0 p-4">
        <dl className="grid grid-cols-[144px_minmax(0,1fr)] gap-y-1">
          {lines.map(([name, value]) => (
            <div className="contents" key={name}>
              <dt className="text-muted">{t(`settings.diagnostics.${name}`)}</dt>
              <dd className="break-all" data-selectable>
                {value}
              </dd>
            </div>
          ))}
        </dl>
        <div className="flex gap-2">
          <Button
            onClick={() => copy(diagnosticsOf(view, tools, providers, window.reshoot.platform))}
          >
            {t('settings.diagnostics.copy')}
          </Button>
          <Button look="quiet" onClick={() => openLogs()}>
            {t('settings.diagnostics.openLogs')}
          </Button>
        </div>
      </Card>
    </Section>
  )
}
