import { useTranslation } from 'react-i18next'
import type { SettingsView } from '../../../preload/contract'
import { openReport } from '../../data/report'
import { useOpenLogs } from '../../data/use-app'
import { Button } from '../../ui/button'
import { Card, Section } from './section'

/** Versions and folders, the report about them, and the logs. */
export const DiagnosticsSection = ({ view }: { view: SettingsView }) => {
  const { t } = useTranslation()
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
          <Button onClick={() => openReport()}>{t('settings.diagnostics.report')}</Button>
          <Button look="quiet" onClick={() => openLogs()}>
            {t('settings.diagnostics.openLogs')}
          </Button>
        </div>
      </Card>
    </Section>
  )
}
