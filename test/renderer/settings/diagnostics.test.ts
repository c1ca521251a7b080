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
  ffmpeg: {
    path: '/opt/ffmpeg',
    origin: 'bundled',
    version: '4.1',
    problem: null,
    passedOver: [
      { path: '/usr/bin/ffmpeg', version: '4.4', why: 'old', detail: '' },
      { path: '/opt/a/ffmpeg', version: '7.1', why: 'lacks', detail: 'zscale' },
      { path: '/opt/b/ffmpeg', version: null, why: 'failed', detail: 'no file /home/mira/lib.so' },
    ],
  },
  ffprobe: {
    path: '/home/mira/ffprobe',
    origin: 'chosen',
    version: null,
    problem: 'no answer of /home/mira/ffprobe',
    passedOver: [],
  },
}

describe('diagnosticsOf', () => {
  const text = diagnosticsOf(view, tools, [{ id: 'dashscope', key: 'environment' }], 'linux')

  it('contains facts that help to find a fault', () => {
    for (const fact of ['0.1.0', 'linux', '45.3.4', '4.1 (bundled)', 'no answer', 'plain text'])
      expect(text).toContain(fact)
    expect(text).toContain('Key of dashscope: environment')
  })

  it('says which ffmpeg of the computer is not used, and why', () => {
    expect(text).toContain('ffmpeg not used: 4.4 (too old)')
    expect(text).toContain('ffmpeg not used: 7.1 (lacks zscale)')
    expect(text).toContain('ffmpeg not used: unknown version (failed: no file …)')
    const found = { ...tools.ffmpeg, origin: 'found' as const, version: '7.1', passedOver: [] }
    expect(diagnosticsOf(view, { ...tools, ffmpeg: found }, [], 'linux')).toContain(
      'ffmpeg: 7.1 (newest capable one of this computer)',
    )
  })

  it('contains no folder and no name', () => {
    expect(text).not.toContain('mira')
    expect(text).not.toContain('/')
  })
})
