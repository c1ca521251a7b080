import { describe, expect, it } from 'vitest'
import type { ToolState } from '../../../preload/contract'
import { ToolsSection } from '../../../renderer/features/settings/tools-section'
import { markupOf, rawKeys, wordsOf } from '../render'

const bundled: ToolState = {
  path: '/app/ffmpeg',
  origin: 'bundled',
  version: 'N-47683',
  problem: null,
  passedOver: [],
}

const words = (ffmpeg: Partial<ToolState>) => {
  const tools = { ffmpeg: { ...bundled, ...ffmpeg }, ffprobe: { ...bundled, path: '/app/ffprobe' } }
  const section = <ToolsSection tools={tools} />
  expect(rawKeys(markupOf(section, 'zh'))).toEqual([])
  return wordsOf(section, 'en')
}

describe('the media tools in Settings', () => {
  it('say that an ffmpeg of the computer is used, and why', () => {
    const found = words({ origin: 'found', path: '/usr/bin/ffmpeg', version: '7.1' })
    expect(found).toContain('Found on this computer')
    expect(found).toContain('newest one on this computer that passed the self-test')
    expect(found).not.toContain('Choose automatically')
  })

  it('say why the included one is used', () => {
    expect(words({})).toContain('no other ffmpeg of version 5 or newer')
  })

  it('say for each ffmpeg that is not used what is wrong with it', () => {
    const said = words({
      passedOver: [
        { path: '/usr/bin/ffmpeg', version: '4.4', why: 'old', detail: '' },
        { path: '/opt/a/ffmpeg', version: '7.1', why: 'lacks', detail: 'libx264, zscale' },
        { path: '/opt/b/ffmpeg', version: null, why: 'failed', detail: 'exit code 127' },
      ],
    })
    expect(said).toContain('/usr/bin/ffmpeg (4.4) is not used: it is older than version 5.')
    expect(said).toContain('/opt/a/ffmpeg (7.1) is not used: it lacks libx264, zscale.')
    expect(said).toContain('/opt/b/ffmpeg is not used: its self-test failed (exit code 127).')
  })

  it('give the choice back only where a person has chosen', () => {
    const chosen = words({ origin: 'chosen', path: '/opt/ffmpeg' })
    expect(chosen).toContain('Choose automatically')
    expect(chosen).not.toContain('no other ffmpeg')
  })
})
