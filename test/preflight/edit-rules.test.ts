import { expect, test } from 'vitest'
import { checkEdit, type EditSubject, impliedRatio, unsupportedOptions } from '../../main/preflight'
import {
  type EditOptions,
  editOptions,
  type Level,
  type ProviderLimits,
  type RuleId,
} from '../../preload/contract'
import { say } from '../../preload/contract/language'
import { findingOf } from './facts'

const limits: ProviderLimits = {
  promptCharacters: 5000,
  negativePromptCharacters: 500,
  refusesLongText: false,
  images: { min: 0, max: 4, used: 4 },
  qualities: ['720p', '1080p'],
  ratios: ['16:9', '9:16'],
  keepsRatio: true,
  seed: { min: 0, max: 2_147_483_647 },
  cut: { min: 2, max: 10 },
  options: { sound: true, promptExtend: true, watermark: true, callback: true },
}

const edit = (
  changes: Partial<EditSubject> = {},
  options: Partial<EditOptions> = {},
): EditSubject => ({
  prompt: 'Make it rain',
  negativePrompt: '',
  imageCount: 0,
  options: { ...editOptions.parse({}), ...options },
  clipSeconds: 5,
  limits,
  hasKey: true,
  ...changes,
})

const narrow: ProviderLimits = {
  ...limits,
  images: { min: 1, max: 4, used: 1 },
  qualities: ['720p'],
  keepsRatio: false,
  options: { ...limits.options, callback: false },
}

test.each<[string, EditSubject, RuleId, Level]>([
  ['a prompt of 5000', edit({ prompt: 'x'.repeat(5000) }), 'prompt', 'pass'],
  ['a prompt of 5001', edit({ prompt: 'x'.repeat(5001) }), 'prompt', 'warn'],
  [
    'a prompt of 5001 where the service refuses it',
    edit({ prompt: 'x'.repeat(5001), limits: { ...limits, refusesLongText: true } }),
    'prompt',
    'fail',
  ],
  ['5000 emoji, each counted once', edit({ prompt: '🎬'.repeat(5000) }), 'prompt', 'pass'],
  ['5001 emoji', edit({ prompt: '🎬'.repeat(5001) }), 'prompt', 'warn'],
  [
    'a negative prompt of 500',
    edit({ negativePrompt: '雨'.repeat(500) }),
    'negative_prompt',
    'pass',
  ],
  [
    'a negative prompt of 501',
    edit({ negativePrompt: '雨'.repeat(501) }),
    'negative_prompt',
    'warn',
  ],
  ['no image', edit(), 'images', 'pass'],
  ['four images', edit({ imageCount: 4 }), 'images', 'pass'],
  ['five images', edit({ imageCount: 5 }), 'images', 'fail'],
  ['no image where one is needed', edit({ limits: narrow }), 'images', 'fail'],
  ['two images where one is used', edit({ limits: narrow, imageCount: 2 }), 'images', 'warn'],
  ['one image where one is used', edit({ limits: narrow, imageCount: 1 }), 'images', 'pass'],
  ['no seed', edit(), 'seed', 'pass'],
  ['the smallest seed', edit({}, { seed: 0 }), 'seed', 'pass'],
  ['the largest seed', edit({}, { seed: 2_147_483_647 }), 'seed', 'pass'],
  ['a seed below the smallest', edit({}, { seed: -1 }), 'seed', 'fail'],
  ['a seed above the largest', edit({}, { seed: 2_147_483_648 }), 'seed', 'fail'],
  ['no length limit', edit({}, { cut: 0 }), 'cut', 'pass'],
  ['a length limit of 2 s', edit({}, { cut: 2 }), 'cut', 'pass'],
  ['a length limit of 1 s', edit({}, { cut: 1 }), 'cut', 'fail'],
  [
    'a length limit of 10 s for a clip of 10 s',
    edit({ clipSeconds: 10 }, { cut: 10 }),
    'cut',
    'pass',
  ],
  ['a length limit of 11 s', edit({ clipSeconds: 20 }, { cut: 11 }), 'cut', 'fail'],
  ['a length limit of 2.5 s', edit({}, { cut: 2.5 }), 'cut', 'fail'],
  ['a length limit of the length of the clip', edit({}, { cut: 5 }), 'cut', 'pass'],
  ['a length limit above the length of the clip', edit({}, { cut: 6 }), 'cut', 'fail'],
  [
    'a length limit of 6 s for a clip of unknown length',
    edit({ clipSeconds: null }, { cut: 6 }),
    'cut',
    'pass',
  ],
  ['a quality that the provider offers', edit({}, { quality: '1080p' }), 'quality', 'pass'],
  [
    'a quality that the provider does not offer',
    edit({ limits: narrow }, { quality: '1080p' }),
    'quality',
    'fail',
  ],
  ["the clip's ratio", edit(), 'ratio', 'pass'],
  ["the clip's ratio where the provider requires one", edit({ limits: narrow }), 'ratio', 'info'],
  ['a ratio that the provider offers', edit({}, { ratio: '9:16' }), 'ratio', 'pass'],
  ['a ratio that the provider does not offer', edit({}, { ratio: '1:1' }), 'ratio', 'fail'],
  ['files that the provider can read', edit(), 'storage', 'pass'],
  ['files that the provider may refuse', edit({ storage: 'unsure' }), 'storage', 'info'],
  ['files that the provider cannot read', edit({ storage: 'missing' }), 'storage', 'fail'],
  ['no callback', edit(), 'callback', 'pass'],
  ['a callback', edit({}, { callbackUrl: 'https://hooks.example.com/done' }), 'callback', 'pass'],
  ['a callback that is no URL', edit({}, { callbackUrl: 'tomorrow' }), 'callback', 'fail'],
  ['a callback to a file', edit({}, { callbackUrl: 'file:///etc/passwd' }), 'callback', 'fail'],
  [
    'a callback to this computer',
    edit({}, { callbackUrl: 'https://127.0.0.1/done' }),
    'callback',
    'fail',
  ],
  [
    'a callback to a provider without callbacks',
    edit({ limits: narrow }, { callbackUrl: 'https://hooks.example.com' }),
    'callback',
    'fail',
  ],
  ['a key', edit(), 'key', 'pass'],
  ['no key', edit({ hasKey: false }), 'key', 'fail'],
])('%s', (_, subject, rule, level) => {
  const finding = findingOf(checkEdit(subject), rule)
  expect(finding.level).toBe(level)
  for (const language of ['en', 'zh'] as const) {
    expect(say(finding.text, language)).not.toMatch(/finding\.|\{\{/)
  }
})

test('an edit with too long a prompt is not refused', () => {
  expect(checkEdit(edit({ prompt: 'x'.repeat(6000) })).verdict).toBe('warn')
})

test.each([
  ['sound', { sound: 'keep' }],
  ['promptExtend', { promptExtend: false }],
  ['watermark', { watermark: true }],
] as const)('an edit with %s gets a warning if the provider does not support it', (name, asked) => {
  const has = { sound: true, promptExtend: true, watermark: true, callback: true, [name]: false }
  const lacking = checkEdit(edit({ limits: { ...limits, options: has } }, asked))
  expect(lacking.findings).toContainEqual(
    expect.objectContaining({ rule: 'options', level: 'warn', measured: name }),
  )
  const having = checkEdit(edit({}, asked))
  expect(having.findings.some(({ rule }) => rule === 'options')).toBe(false)
})

test('the ratio that a provider requires is named once the size of the clip is known', () => {
  const upright = edit({ limits: narrow, clipSize: { width: 720, height: 1270 } })
  expect(findingOf(checkEdit(upright), 'ratio').text.values).toEqual({ ratio: '9:16' })
  expect(impliedRatio(upright)).toBe('9:16')
  expect(impliedRatio({ ...upright, options: { ...upright.options, ratio: '1:1' } })).toBeNull()
  expect(impliedRatio(edit({ clipSize: { width: 1, height: 2 } }))).toBeNull()
})

const none = { sound: false, promptExtend: false, watermark: false, callback: false }
const bare = { ...limits, options: none }

test.each([
  [{}, []],
  [{ watermark: true }, ['watermark']],
  [{ sound: 'keep' }, ['sound']],
  [{ promptExtend: false }, ['promptExtend']],
  [{ callbackUrl: 'https://h.example' }, ['callback']],
  [{ watermark: true, sound: 'keep', seed: 1, cut: 3 }, ['sound', 'watermark']],
] as const)('of the options %j a provider without any lacks %j', (options, expected) => {
  const all = { sound: true, promptExtend: true, watermark: true, callback: true }
  const parsed = editOptions.parse(options)
  expect(unsupportedOptions(parsed, bare)).toEqual(expected)
  expect(unsupportedOptions(parsed, { ...limits, options: all })).toEqual([])
})
