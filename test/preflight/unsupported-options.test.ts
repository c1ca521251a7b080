import { expect, test } from 'vitest'
import { unsupportedOptions } from '../../main/preflight/unsupported-options'
import { editOptions } from '../../preload/contract'
import { wan27 } from '../../preload/contract/wan27'

const none = { sound: false, promptExtend: false, watermark: false, callback: false }
const bare = { ...wan27.edit.options, options: none }

test.each([
  [{}, []],
  [{ watermark: true }, ['watermark']],
  [{ sound: 'keep' }, ['sound']],
  [{ promptExtend: false }, ['promptExtend']],
  [{ callbackUrl: 'https://h.example' }, ['callback']],
  [{ watermark: true, sound: 'keep', seed: 1, cut: 3 }, ['sound', 'watermark']],
] as const)('%j asks a provider with none of them for %j', (options, expected) => {
  const all = { sound: true, promptExtend: true, watermark: true, callback: true }
  const parsed = editOptions.parse(options)
  expect(unsupportedOptions(parsed, bare)).toEqual(expected)
  expect(unsupportedOptions(parsed, { ...wan27.edit.options, options: all })).toEqual([])
})
