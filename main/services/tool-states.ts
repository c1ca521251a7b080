import { homedir } from 'node:os'
import type { ToolState } from '../../preload/contract'
import { presentable } from '../log'
import type { MediaTools } from '../media/media-tools'
import type { SettingsStore } from '../settings/settings'
import type { FfmpegSearch } from '../tools/find-ffmpeg'
import { bundledTools } from '../tools/tool-paths'
import { toolIdentity } from '../tools/tool-version'

type Tool = 'ffmpeg' | 'ffprobe'

/** Gives the executable in use, its version and why it is used. Runs each executable once, until it succeeds. */
export const createToolStates = ({
  media,
  settings,
  ffmpegs,
}: {
  media: Pick<MediaTools, 'version'>
  settings: Pick<SettingsStore, 'get'>
  ffmpegs: Pick<FfmpegSearch, 'search'>
}) => {
  const versions = new Map<string, Promise<string>>()
  const versionOf = (tool: Tool, path: string): Promise<string> => {
    const identity = toolIdentity(path)
    const known = versions.get(identity)
    if (known) return known
    const version = media.version(tool, path)
    versions.set(identity, version)
    // The person may repair an executable that failed: try it again next time.
    version.catch(() => versions.delete(identity))
    return version
  }
  const inUse = async (tool: Tool): Promise<Pick<ToolState, 'path' | 'origin' | 'passedOver'>> => {
    const chosen = settings.get()[`${tool}Path`]
    if (chosen !== null) return { path: chosen, origin: 'chosen', passedOver: [] }
    const bundled = { path: bundledTools[tool](), origin: 'bundled' as const, passedOver: [] }
    if (tool === 'ffprobe') return bundled
    const { found, passedOver } = await ffmpegs.search()
    return found ? { path: found.path, origin: 'found', passedOver } : { ...bundled, passedOver }
  }
  return async (tool: Tool): Promise<ToolState> => {
    const state = await inUse(tool)
    try {
      return { ...state, version: await versionOf(tool, state.path), problem: null }
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error)
      return { ...state, version: null, problem: presentable(problem, homedir()) }
    }
  }
}
