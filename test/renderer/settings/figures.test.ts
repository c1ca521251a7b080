import { expect, it } from 'vitest'
import { modeRow, providerRows } from '../../../preload/contract'
import { priceLine } from '../../../renderer/features/settings/provider-account'
import { parseLimit } from '../../../renderer/features/settings/spending-section'
import { hostFor } from '../../../renderer/features/settings/workspace-field'

it.each([
  ['sandbox', 'free', 0, 0],
  ['dashscope', 'both', 0.1, 0.15],
  ['dashscope-cn', 'both', 0.6, 1],
  ['evolink', 'both', 0.086, 0.144],
  ['apiyi', 'outputUpTo', 0.084, 0.14],
  ['aivideoapi', 'input', 24, 40],
] as const)('%s bills %s', (id, say, low, high) => {
  const line = priceLine(modeRow(providerRows[id], 'edit').pricing)
  expect(line).toMatchObject({ say, prices: { low, high } })
})

it.each([
  ['5', 5],
  [' 2.50 ', 2.5],
  ['0,75', 0.75],
  ['.5', 0.5],
  ['0', undefined],
  ['-1', undefined],
  ['1e9', undefined],
  ['2000000', undefined],
  ['five', undefined],
  ['', undefined],
])('the limit “%s” is %s', (typed, limit) => {
  expect(parseLimit(typed)).toBe(limit)
})

it.each([
  ['https://dashscope-intl.aliyuncs.com', '', 'dashscope-intl.aliyuncs.com'],
  ['https://dashscope-intl.aliyuncs.com', 'WS-1', 'ws-1.ap-southeast-1.maas.aliyuncs.com'],
  ['https://dashscope-intl.aliyuncs.com', 'ends-', 'dashscope-intl.aliyuncs.com'],
  ['https://dashscope-intl.aliyuncs.com', 'x'.repeat(64), 'dashscope-intl.aliyuncs.com'],
  ['https://dashscope-intl.aliyuncs.com', 'no such', 'dashscope-intl.aliyuncs.com'],
  ['http://127.0.0.1:8080', 'WS-1', '127.0.0.1:8080'],
])('requests to %s with the workspace “%s” go to %s', (baseUrl, workspace, host) => {
  const workspaceDomain = 'ap-southeast-1.maas.aliyuncs.com'
  expect(hostFor({ baseUrl, workspaceDomain }, workspace)).toBe(host)
})
