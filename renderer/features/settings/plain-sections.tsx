import { useTranslation } from 'react-i18next'
import type { SettingsView } from '../../../preload/contract'
import { languages } from '../../../preload/contract/language/languages'
import { useChangeSettings, useChooseLibraryFolder } from '../../data/use-settings'
import { Button } from '../../ui/button'
import { Segmented } from '../../ui/segmented'
import { Switch } from '../../ui/switch'
import { Card, Row, Section } from './section'
import { ThemeChoice } from './theme-choice'

/** Where results are kept. */
export const LibrarySection = ({ view }: { view: SettingsView }) => {
  const { t } = useTranslation()
  const { mutate: choose, isPending } = useChooseLibraryFolder()
  return (
    <Section id="library" intro={t('settings.library.text')} title={t('settings.section.library')}>
      <Card>
        <Row
          detail={<span className="font-mono break-all">{view.libraryFolder}</span>}
          name={t('settings.library.folder')}
        >
          <Button busy={isPending} onClick={() => choose()}>
            {t('settings.library.change')}
          </Button>
        </Row>
      </Card>
    </Section>
  )
}

export const AppearanceSection = ({ view }: { view: SettingsView }) => {
  const { t } = useTranslation()
  const { mutate: change } = useChangeSettings()
  return (
    <Section id="appearance" title={t('settings.section.appearance')}>
      <Card className="p-2">
        <ThemeChoice onChange={(theme) => change({ theme })} theme={view.settings.theme} />
      </Card>
    </Section>
  )
}

export const LanguageSection = ({ view }: { view: SettingsView }) => {
  const { t } = useTranslation()
  const { mutate: change } = useChangeSettings()
  return (
    <Section id="language" title={t('settings.section.language')}>
      <Card>
        <Row name={t('settings.language.label')}>
          <Segmented
            className="[&>span]:flex-auto"
            label={t('settings.language.label')}
            onChange={(language) => change({ language })}
            segments={[
              { value: 'system', label: t('settings.language.system') },
              ...languages.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={view.settings.language}
          />
        </Row>
      </Card>
    </Section>
  )
}

export const NotificationsSection = ({ view }: { view: SettingsView }) => {
  const { t } = useTranslation()
  const { mutate: change } = useChangeSettings()
  return (
    <Section id="notifications" title={t('settings.section.notifications')}>
      <Card>
        <Row detail={t('settings.notifications.text')} name={t('settings.notifications.label')}>
          <Switch
            checked={view.settings.notifications}
            label={t('settings.notifications.label')}
            onChange={(notifications) => change({ notifications })}
          />
        </Row>
      </Card>
    </Section>
  )
}

export const AboutSection = ({ view }: { view: SettingsView }) => {
  const { t } = useTranslation()
  return (
    <Section id="about" title={t('settings.section.about')}>
      <div className="flex flex-col gap-1 text-muted">
        <p>{t('settings.about.line', { version: view.version })}</p>
        <p>{t('settings.about.notices')}</p>
      </div>
    </Section>
  )
}
