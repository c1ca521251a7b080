import type {
  ProviderDescription,
  SettingsView,
  ToolState,
  ToolStates,
} from '../../../preload/contract'

const tool = (name: string, state: ToolState): string => {
  const origin = state.bundled ? 'bundled' : 'own'
  const problem = state.problem === null ? '' : `; problem: ${state.problem}`
  return `${name}: ${state.version ?? 'unknown version'} (${origin})${problem}`
}

/**
 * What helps to find a fault, in English, one fact a line: versions, tools, where keys come from.
 * Never a key, a prompt, a clip or a folder.
 */
export const diagnosticsOf = (
  view: SettingsView,
  tools: ToolStates,
  providers: readonly Pick<ProviderDescription, 'id' | 'key'>[],
  platform: string,
): string =>
  [
    `Reshoot: ${view.version}`,
    `Platform: ${platform}`,
    `Electron: ${view.versions.electron}`,
    `Chromium: ${view.versions.chrome}`,
    `Node: ${view.versions.node}`,
    tool('ffmpeg', tools.ffmpeg),
    tool('ffprobe', tools.ffprobe),
    `Key store: ${view.keyStore.backend} (${view.keyStore.encrypted ? 'encrypted' : 'plain text'})`,
    ...providers.map(({ id, key }) => `Key of ${id}: ${key}`),
    `Language: ${view.language} (${view.settings.language})`,
    `Theme: ${view.settings.theme}`,
  ].join('\n')
