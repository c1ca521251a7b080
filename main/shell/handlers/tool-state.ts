import type { ToolState } from '../../../preload/contract'
import type { Services } from '../../services/services'
import { bundledTools } from '../../tools/tool-paths'

export type Tool = 'ffmpeg' | 'ffprobe'

/** The executable in use and what it says of itself. Each path is tried once a run, until it answers. */
export const createToolStates = ({ media, settings }: Pick<Services, 'media' | 'settings'>) => {
  const versions = new Map<string, Promise<string>>()
  const versionOf = (tool: Tool, path: string): Promise<string> => {
    const known = versions.get(path)
    if (known) return known
    const asked = media.version(tool, path)
    versions.set(path, asked)
    // A tool that did not answer may be repaired: it is asked again the next time.
    asked.catch(() => versions.delete(path))
    return asked
  }
  return async (tool: Tool): Promise<ToolState> => {
    const chosen = settings.get()[`${tool}Path`]
    const path = chosen ?? bundledTools[tool]()
    const state = { path, bundled: chosen === null }
    try {
      return { ...state, version: await versionOf(tool, path), problem: null }
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error)
      return { ...state, version: null, problem }
    }
  }
}
