import { describe, expect, it } from 'vitest'
import { type SettingsView, settings, type ToolStates } from '../../../preload/contract'
import { diagnosticsOf } from '../../../renderer/features/settings/diagnostics-section'

const view: SettingsView = {
  settings: settings.parse({
    libraryFolder: '/home/mira/Films',
    ffprobePath: '/home/mira/ffprobe',
  }),
  language: 'en',
  libraryFolder: '/home/mira/Films',
  homeFolder: '/home/mira/.config/Reshoot',
  keyStore: { backend: 'basic_text', encrypted: false },
  version: '0.1.0',
  versions: { electron: '45.3.4', chrome: '151', node: '24' },
}

const tools: ToolStates = {
  ffmpeg: { path: '/opt/ffmpeg', bundled: true, version: '4.1', problem: null },
  ffprobe: { path: '/home/mira/ffprobe', bundled: false, version: null, problem: 'no answer' },
}

describe('diagnosticsOf', () => {
  const text = diagnosticsOf(view, tools, [{ id: 'dashscope', key: 'environment' }], 'linux')

  it('contains facts that help to find a fault', () => {
    for (const fact of ['0.1.0', 'linux', '45.3.4', '4.1 (bundled)', 'no answer', 'plain text'])
      expect(text).toContain(fact)
    expect(text).toContain('Key of dashscope: environment')
  })

  it('contains no folder and no name', () => {
    expect(text).not.toContain('mira')
    expect(text).not.toContain('/')
  })
})
