import { describe, expect, it } from 'vitest'
import { checkEdit } from '../../../main/preflight'
import {
  type EditOptions,
  editOptions,
  modeRow,
  type ProviderLimits,
  providerId,
  providerRows,
} from '../../../preload/contract'
import { editRemedy } from '../../../renderer/features/edit/preflight/edit-remedy'

/** Everything that some provider or other does not take. */
const demanding: EditOptions = {
  quality: '1080p',
  ratio: '4:3',
  sound: 'keep',
  seed: -1,
  promptExtend: false,
  watermark: true,
  cut: 11,
  callbackUrl: 'http://localhost/done',
}

const openFindings = (options: EditOptions, limits: ProviderLimits) =>
  checkEdit({
    prompt: 'snow',
    negativePrompt: '',
    imageCount: 1,
    options,
    clipSeconds: 5,
    clipSize: { width: 1280, height: 720 },
    limits,
    hasKey: true,
  }).findings.filter(({ level }) => level === 'warn' || level === 'fail')

describe('one press about an option', () => {
  it.each(providerId.options)('leaves nothing that %s does not take', (id) => {
    const { limits } = modeRow(providerRows[id], 'edit')
    const open = openFindings(demanding, limits)
    expect(open.length).toBeGreaterThan(0)
    const options = open.map((finding) => editRemedy(finding, limits)?.options)
    const fixed: EditOptions = Object.assign({}, demanding, ...options)
    expect(openFindings(fixed, limits)).toEqual([])
  })

  it('changes nothing else', () => {
    const { limits } = modeRow(providerRows.aivideoapi, 'edit')
    const asked = editOptions.parse({ watermark: true, seed: 7 })
    const open = openFindings(asked, {
      ...limits,
      options: { ...limits.options, watermark: false },
    })
    expect(open.map((finding) => editRemedy(finding, limits)?.options)).toEqual([
      { watermark: false },
    ])
  })

  it('takes a quality and a ratio that are offered', () => {
    const { limits } = modeRow(providerRows.sandbox, 'edit')
    const few = { ...limits, qualities: ['720p' as const], ratios: [] }
    const asked = editOptions.parse({ quality: '1080p', ratio: '4:3' })
    const remedies = openFindings(asked, few).map((finding) => editRemedy(finding, few))
    expect(remedies).toEqual([
      { say: 'use', value: '720p', options: { quality: '720p' } },
      { say: 'keepRatio', value: '', options: { ratio: null } },
    ])
  })

  it('leaves to a person what only a person can decide', () => {
    const { limits } = modeRow(providerRows.dashscope, 'edit')
    const [long] = checkEdit({
      prompt: 'a'.repeat(5001),
      negativePrompt: '',
      imageCount: 0,
      options: editOptions.parse({}),
      clipSeconds: 5,
      limits,
      hasKey: false,
    }).findings.filter(({ level }) => level !== 'pass' && level !== 'info')
    expect(long?.rule).toBe('prompt')
    expect(long && editRemedy(long, limits)).toBeNull()
  })
})
