import { describe, expect, test, vi } from 'vitest'
import { cuts } from '../../main/cli/options/option-values'
import { checkClip, checkEdit, checkImage, forecast, planClip } from '../../main/preflight'
import { editRequest } from '../../main/sandbox/create-request'
import { editOptions, type Fix, providerTable } from '../../preload/contract'
import { say } from '../../preload/contract/language'
import { lengthState, suggestedTrim, withEnd } from '../../renderer/features/edit/trim/trim-range'
import { clip, findingOf, image, lasting, levelOf } from './facts'

vi.mock('../../preload/contract/wan27', async (original) => {
  const module = await original<typeof import('../../preload/contract/wan27')>()
  const { edit } = module.wan27
  const clipLimits = {
    ...edit.clip,
    duration: { min: 3, max: 12 },
    containerDuration: { min: 3, max: 12.1 },
    side: { min: 300, max: 5000 },
  }
  const options = { ...edit.options, cut: { min: 3, max: 12 }, promptCharacters: 10 }
  const imageLimits = { ...edit.image, side: { min: 300, max: 5000 } }
  const edited = { clip: clipLimits, image: imageLimits, options }
  const wan27 = { ...module.wan27, edit: edited }
  const byRole = { clip: clipLimits, 'reference-image': imageLimits }
  return { ...module, wan27, fileLimits: { ...module.fileLimits, ...byRole } }
})

const trim: Fix = { remedies: ['trim'], background: '#000000' }
const track = { duration: 30, frameRate: 25 }

describe('a changed limit of the model is followed by', () => {
  test('the verdict on a clip, and its sentence in both languages', () => {
    expect(checkClip(lasting(12), 'a.mp4').verdict).toBe('pass')
    const finding = findingOf(checkClip(lasting(12.5), 'a.mp4'), 'duration')
    expect(finding).toMatchObject({ level: 'fail', limit: { min: 3, max: 12 } })
    expect(finding.message).toContain('12 s')
    expect(say(finding.text, 'zh')).toContain('12 秒')
    expect(levelOf(checkClip(lasting(2.5), 'a.mp4'), 'duration')).toBe('fail')
  })

  test('the verdict on sizes of clips and images', () => {
    expect(levelOf(checkClip(clip({ height: 299 }), 'a.mp4'), 'height')).toBe('fail')
    expect(levelOf(checkClip(clip({ width: 5000, height: 900 }), 'a.mp4'), 'width')).toBe('pass')
    expect(levelOf(checkImage(image({ width: 5001 }), 'a.jpg'), 'width')).toBe('fail')
  })

  test('the forecast and the plan of a fix', () => {
    const { facts, report } = forecast('a.mp4', lasting(30), null, trim)
    expect(facts).toMatchObject({ duration: 12 })
    expect(report.verdict).toBe('pass')
    expect(planClip(lasting(30), null, trim)).toMatchObject({ seconds: 12 })
    const small = { ...trim, remedies: ['scale' as const] }
    expect(forecast('a.mp4', clip({ width: 320, height: 160 }), null, small).facts).toMatchObject({
      width: 600,
      height: 300,
    })
  })

  test('the trim editor', () => {
    expect(suggestedTrim(0, track)).toEqual({ start: 0, end: 12 })
    expect(withEnd({ start: 0, end: 5 }, 20, track)).toEqual({ start: 8, end: 20 })
    expect([2.9, 3, 12, 12.1].map((seconds) => lengthState(seconds))).toEqual([
      'too-short',
      'ok',
      'ok',
      'too-long',
    ])
  })

  test('every provider that does not say otherwise, and the edit rules', () => {
    expect(providerTable.dashscope.modes.edit.limits.promptCharacters).toBe(10)
    expect(providerTable.evolink.modes.edit.limits.cut).toEqual({ min: 3, max: 12 })
    const { limits } = providerTable.apiyi.modes.edit
    const subject = {
      prompt: 'eleven char',
      negativePrompt: '',
      imageCount: 1,
      hasKey: true,
      limits,
    }
    const options = editOptions.parse({ cut: 12 })
    const report = checkEdit({ ...subject, options, clipSeconds: 20 })
    expect([levelOf(report, 'prompt'), levelOf(report, 'cut')]).toEqual(['warn', 'pass'])
  })

  test('the command line', () => {
    expect(cuts).toEqual({ min: 3, max: 12 })
  })

  test('the Sandbox', () => {
    const request = (duration: number) => ({
      model: 'wan2.7-videoedit',
      input: { prompt: 'twelve chars', media: [{ type: 'video', url: 'https://a.example/v.mp4' }] },
      parameters: { duration },
    })
    expect(editRequest.parse(request(12)).input.prompt).toBe('twelve cha')
    expect(editRequest.safeParse(request(13)).success).toBe(false)
    expect(editRequest.safeParse(request(2)).success).toBe(false)
  })
})
