import { useEffect } from 'react'
import type { Settings } from '../preload/contract'

const dark = window.matchMedia('(prefers-color-scheme: dark)')

const apply = (theme: Settings['theme']) => {
  const shown = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme
  document.documentElement.dataset['theme'] = shown
}

/** Applies the system's theme until the settings are loaded. */
export const startTheme = (): void => apply('system')

/** Applies a theme; `system` follows the computer. */
export const useTheme = (theme: Settings['theme']): void => {
  useEffect(() => {
    const follow = () => apply(theme)
    follow()
    dark.addEventListener('change', follow)
    return () => dark.removeEventListener('change', follow)
  }, [theme])
}
