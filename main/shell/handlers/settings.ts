import type { Settings, SettingsPatch, SettingsView } from '../../../preload/contract'
import { RefusedRequest } from '../errors'
import type { Group, HandlerContext } from './context'

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
      const folder = await dialogs.chooseFolder(services.library.folder())
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
  libraryFolder: services.library.folder(),
  homeFolder: home.folder,
  keyStore: services.keys.store(),
  version: app.getVersion(),
  versions: {
    electron: process.versions.electron ?? '',
    chrome: process.versions['chrome'] ?? '',
    node: process.versions.node,
  },
})
