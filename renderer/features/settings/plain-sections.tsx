import { RadioGroup } from 'radix-ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings, SettingsView } from '../../../preload/contract'
import { languages } from '../../../preload/contract/language/languages'
import { useChangeSettings, useChooseLibraryFolder } from '../../data/use-settings'
import { Button } from '../../ui/button'
import { Segmented } from '../../ui/segmented'
import { Switch } from '../../ui/switch'
import { NoticesDialog } from './notices-dialog'
import { Card, Row, Section } from './section'
import { UpdateRows } from './update-rows'

/** The folder for results. */
export const LibrarySection = ({ view }: { view: SettingsView }) => {
  const { t } = useTranslation()
  const { mutate: choose, isPending } = useChooseLibraryFolder()
  return (
    <Section id="library" intro={t('settings.library.text')}>
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

const themes: readonly Settings['theme'][] = ['system', 'light', 'dark']

/** A small picture of the window in a theme's colours. */
const Miniature = ({ dark }: { dark: boolean }) => {
  const colours = dark
    ? { window: '#161514', panel: '#1f1d1b', line: '#322f2b', text: '#a59d94', accent: '#e8a33d' }
    : { window: '#faf9f7', panel: '#ffffff', line: '#e6e3de', text: '#b9b2a8', accent: '#b76e00' }
  return (
    <svg aria-hidden className="size-full" preserveAspectRatio="none" viewBox="0 0 120 72">
      <rect fill={colours.window} height="72" width="120" />
      <rect fill={colours.panel} height="72" width="12" />
      <rect fill={colours.panel} height="72" width="32" x="88" />
      <path d="M12 0v72M88 0v72" stroke={colours.line} />
      <rect fill={colours.line} height="36" rx="2" width="64" x="18" y="8" />
      <rect fill={colours.text} height="3" rx="1.5" width="40" x="18" y="52" />
      <rect fill={colours.text} height="3" rx="1.5" width="20" x="94" y="12" />
      <rect fill={colours.text} height="3" rx="1.5" width="14" x="94" y="20" />
      <rect fill={colours.accent} height="8" rx="2" width="20" x="94" y="56" />
    </svg>
  )
}

/** The theme: system, light or dark, each with a picture. */
export const AppearanceSection = ({ view }: { view: SettingsView }) => {
  const { t } = useTranslation()
  const { mutate: change } = useChangeSettings()
  return (
    <Section id="appearance">
      <Card className="p-2">
        <RadioGroup.Root
          aria-label={t('settings.appearance.theme')}
          className="grid max-w-lg grid-cols-3 gap-3"
          onValueChange={(next) => {
            const theme = themes.find((one) => one === next)
            if (theme) change({ theme })
          }}
          orientation="horizontal"
          value={view.settings.theme}
        >
          {themes.map((theme) => (
            <RadioGroup.Item
              className="group flex flex-col gap-2 rounded-lg border border-transparent p-2 transition-colors hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
              key={theme}
              value={theme}
            >
              <span className="relative block aspect-5/3 w-full overflow-hidden rounded-md border border-line">
                <Miniature dark={theme === 'dark'} />
                {theme === 'system' ? (
                  <span className="absolute inset-0 [clip-path:polygon(60%_0,100%_0,100%_100%,40%_100%)]">
                    <Miniature dark />
                  </span>
                ) : null}
              </span>
              <span className="text-center text-sm text-muted group-data-[state=checked]:text-text">
                {t(`settings.appearance.${theme}`)}
              </span>
            </RadioGroup.Item>
          ))}
        </RadioGroup.Root>
      </Card>
    </Section>
  )
}

export const LanguageSection = ({ view }: { view: SettingsView }) => {
  const { t } = useTranslation()
  const { mutate: change } = useChangeSettings()
  return (
    <Section id="language">
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
    <Section id="notifications">
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
  const [open, setOpen] = useState(false)
  return (
    <Section id="about">
      <div className="flex flex-col gap-1 text-muted">
        <p>{t('settings.about.line', { version: view.version })}</p>
        <p>{t('settings.about.notices')}</p>
      </div>
      <UpdateRows view={view} />
      <Button className="mt-3 self-start" onClick={() => setOpen(true)}>
        {t('settings.about.licences')}
      </Button>
      <NoticesDialog onOpenChange={setOpen} open={open} />
    </Section>
  )
}
