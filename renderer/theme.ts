import { useEffect } from 'react'
import type { Settings } from '../preload/contract'

const dark = window.matchMedia('(prefers-color-scheme: dark)')

const apply = (theme: Settings['theme']) => {
  const shown = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme
  document.documentElement.dataset['theme'] = shown
}

/** The theme before Settings were read. */
export const startTheme = (): void => apply('system')

/** Follows Settings, and the computer while they say so. */
export const useTheme = (theme: Settings['theme']): void => {
  useEffect(() => {
    const follow = () => apply(theme)
    follow()
    dark.addEventListener('change', follow)
    return () => dark.removeEventListener('change', follow)
  }, [theme])
}
