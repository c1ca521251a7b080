import type { Facts, Report } from '../../preload/contract'
import type { MediaTools } from '../media/media-tools'
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
  const [{ settingsHere }, { createMediaTools }, { toolPaths }, { checkFile }] = await Promise.all([
    import('./settings-here'),
    import('../media/media-tools-here'),
    import('../media/tool-paths'),
    import('../preflight'),
  ])
  const settings = settingsHere(home, context)
  const chosen = settings.get()
  return {
    media: createMediaTools(toolPaths(() => chosen)),
    checkFile,
    speak: speaker(settings.language()),
  }
}
