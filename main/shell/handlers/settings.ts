import type { Settings, SettingsPatch, SettingsView, ToolState } from '../../../preload/contract'
import type { Services } from '../../services/services'
import { bundledTools } from '../../tools/tool-paths'
import { toolIdentity } from '../../tools/tool-version'
import { RefusedRequest } from '../errors'
import type { Group, HandlerContext, Tool } from './context'

export const settingsHandlers = (context: HandlerContext): Group<'settings'> => {
  const { services, dialogs, toolState } = context
  const view = async () => settingsView(context)
  return {
    get: view,
    tools: async () => {
      const [ffmpeg, ffprobe] = await Promise.all([toolState('ffmpeg'), toolState('ffprobe')])
      return { ffmpeg, ffprobe }
    },
    set: async (patch) => {
      services.settings.set(defined(patch))
      return view()
    },
    chooseLibraryFolder: async () => {
      const folder = await dialogs.chooseFolder(services.library.place())
      if (folder !== null) services.settings.set({ libraryFolder: folder })
      return view()
    },
    chooseTool: async ({ tool, reset }) => {
      const file = reset ? null : await dialogs.chooseExecutable()
      if (file !== null)
        await services.media.version(tool, file).catch(() => {
          const text = { key: 'shell.error.notTool', values: { file, tool } }
          throw new RefusedRequest(text, 'choose-folder')
        })
      if (reset || file !== null) services.settings.set({ [`${tool}Path`]: file })
      return view()
    },
  }
}

/** Without members that are undefined, which would remove a setting. */
const defined = (patch: SettingsPatch): Partial<Settings> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))

/** The current content of the settings screen. */
export const settingsView = ({ services, home, app }: HandlerContext): SettingsView => ({
  settings: services.settings.get(),
  language: services.settings.language(),
  libraryFolder: services.library.place(),
  homeFolder: home.folder,
  keyStore: services.keys.store(),
  version: app.getVersion(),
  versions: {
    electron: process.versions.electron ?? '',
    chrome: process.versions['chrome'] ?? '',
    node: process.versions.node,
  },
})

/** Gives the executable in use, its version and why it is used. Runs each executable once, until it succeeds. */
export const createToolStates = ({
  media,
  settings,
  ffmpegs,
}: Pick<Services, 'media' | 'settings' | 'ffmpegs'>) => {
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
      return { ...state, version: null, problem }
    }
  }
}
