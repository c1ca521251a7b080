import type { Facts, Fix, Report, Selection } from '../../preload/contract'
import type { MediaTools } from '../media/media-tools'
import type { CliContext } from './context'
import { type Speak, speaker } from './words'

/** What commands about files alone need: no database, no provider, no folder that is made. */
export interface FileTools {
  media: MediaTools
  checkFile: (facts: Facts, name: string) => Report
  /** What the facts will be after a selection and a fix. */
  predict: (facts: Facts, selection: Selection | null, fix: Fix) => Facts
  speak: Speak
}

/** Loaded when asked for, so that `--help` and mistakes answer at once. */
export const openFileTools = async (
  home: string | undefined,
  context: CliContext,
): Promise<FileTools> => {
  const [{ settingsHere }, { createMediaTools }, { toolPaths }, { checkFile, predict }] =
    await Promise.all([
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
    predict,
    speak: speaker(settings.language()),
  }
}
