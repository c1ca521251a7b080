import { RadioGroup } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../preload/contract'

type Theme = Settings['theme']

const themes: readonly Theme[] = ['system', 'light', 'dark']

/** The window in small, in the colours of a theme whatever the theme in use. */
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

const Preview = ({ theme }: { theme: Theme }) => (
  <span className="relative block aspect-5/3 w-full overflow-hidden rounded-md border border-line">
    <Miniature dark={theme === 'dark'} />
    {theme === 'system' ? (
      <span className="absolute inset-0 [clip-path:polygon(60%_0,100%_0,100%_100%,40%_100%)]">
        <Miniature dark />
      </span>
    ) : null}
  </span>
)

interface ThemeChoiceProps {
  theme: Theme
  onChange: (theme: Theme) => void
}

/** System, light or dark, each as it looks. */
export const ThemeChoice = ({ theme, onChange }: ThemeChoiceProps) => {
  const { t } = useTranslation()
  return (
    <RadioGroup.Root
      aria-label={t('settings.appearance.theme')}
      className="grid max-w-lg grid-cols-3 gap-3"
      onValueChange={(next) => {
        const chosen = themes.find((one) => one === next)
        if (chosen) onChange(chosen)
      }}
      orientation="horizontal"
      value={theme}
    >
      {themes.map((one) => (
        <RadioGroup.Item
          className="group flex flex-col gap-2 rounded-lg border border-transparent p-2 transition-colors hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
          key={one}
          value={one}
        >
          <Preview theme={one} />
          <span className="text-center text-sm text-muted group-data-[state=checked]:text-text">
            {t(`settings.appearance.${one}`)}
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
