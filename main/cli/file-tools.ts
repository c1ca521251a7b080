import type { Facts, Report } from '../../preload/contract'
import { resolveHome } from '../home'
import { silentLog } from '../log'
import type { MediaTools } from '../media/media-tools'
import { languageOf, localeOf } from '../settings/language'
import type { CliContext } from './context'
import { type Speak, speaker } from './words'

/** What commands about files alone need: no database, no provider, no folder that is made. */
export interface FileTools {
  media: MediaTools
  checkFile: (facts: Facts, name: string) => Report
  speak: Speak
}

/** Loaded when asked for, so that `--help` and mistakes answer at once. */
export const openFileTools = async (
  home: string | undefined,
  context: CliContext,
): Promise<FileTools> => {
  const [{ createSettingsStore }, { createMediaTools }, { toolPaths }, { checkFile }] =
    await Promise.all([
      import('../settings/settings-store'),
      import('../media/media-tools-here'),
      import('../media/tool-paths'),
      import('../preflight'),
    ])
  const settings = createSettingsStore({
    file: resolveHome({ home, env: context.env }).settings,
    locale: () => localeOf(context.env),
    defaultProvider: () => 'sandbox',
    clock: { now: Date.now },
    log: silentLog,
    notice: () => {}, // the commands that keep something tell; looking at files changes nothing
  })
  const chosen = settings.get()
  const language =
    chosen.language === 'system' ? languageOf(localeOf(context.env)) : chosen.language
  return {
    media: createMediaTools(toolPaths(() => chosen)),
    checkFile,
    speak: speaker(language),
  }
}
