import type { Facts, Fix, Forecast, Report, Selection } from '../../preload/contract'
import type { MediaTools } from '../media/media-tools'
import type { CliContext } from './context'
import { commandName } from './words/command-name'
import { type Speak, speaker } from './words/words'

/** What commands about files alone need: no database, no provider, no folder that is made. */
export interface FileTools {
  media: MediaTools
  checkFile: (facts: Facts, name: string) => Report
  /** What a selection and a fix will lead to; nothing is run for it. */
  forecast: (name: string, facts: Facts, selection: Selection | null, fix: Fix) => Forecast
  speak: Speak
}

/** Loaded when asked for, so that `--help` and mistakes answer at once. */
export const openFileTools = async (
  home: string | undefined,
  context: CliContext,
): Promise<FileTools> => {
  const [{ settingsHere }, { createMediaTools }, { toolPaths }, { checkFile, forecast }] =
    await Promise.all([
      import('./settings-here'),
      import('../media/create-media-tools'),
      import('../tools/tool-paths'),
      import('../preflight'),
    ])
  const settings = settingsHere(home, context)
  const chosen = settings.get()
  return {
    media: createMediaTools(toolPaths(() => chosen)),
    checkFile,
    forecast,
    speak: speaker(settings.language(), commandName(context.env, context.cwd)),
  }
}
