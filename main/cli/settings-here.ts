import { resolveHome } from '../home'
import { silentLog } from '../log'
import { localeOf } from '../settings/language'
import { createSettingsStore, type OpenSettingsStore } from '../settings/settings-store'
import type { CliContext } from './context'

/** Settings alone, read without making a home. Throws an error of the file system when they cannot be read. */
export const settingsHere = (
  home: string | undefined,
  { env }: Pick<CliContext, 'env'>,
): OpenSettingsStore =>
  createSettingsStore({
    file: resolveHome({ home, env }).settings,
    locale: () => localeOf(env),
    defaultProvider: () => 'sandbox',
    clock: { now: Date.now },
    log: silentLog,
    notice: () => {}, // the commands that keep something tell; looking at files changes nothing
  })
