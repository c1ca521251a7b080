import { describe, expect, test } from 'vitest'
import { billedFrom, estimate } from '../../main/providers/prices'
import {
  type Mode,
  modeRow,
  type Pricing,
  type ProviderId,
  providerRows,
} from '../../preload/contract'

const edit = (id: ProviderId) => modeRow(providerRows[id], 'edit')
const fiveSeconds = { seconds: 5, options: { cut: 0, quality: '720p' as const } }

const row = (bills: Pricing['bills']) => ({
  pricing: { currency: 'USD', perSecond: { '720p': 0.1, '1080p': 0.15 }, bills },
})

test.each<[Pricing['bills'], number, number, '720p' | '1080p', number, number, number, number?]>([
  ['input+output', 5, 0, '720p', 5, 10, 1],
  ['input+output', 6.6, 0, '1080p', 6.6, 13.2, 1.98],
  ['input+output', 8, 3, '720p', 3, 6, 0.6, 1.1],
  ['input+output', 3, 8, '720p', 3, 6, 0.6],
  ['output', 5, 0, '720p', 5, 5, 0.5],
  ['input', 5, 2, '1080p', 2, 2, 0.3, 0.75],
  ['output', 5, 2, '1080p', 2, 2, 0.3],
  ['nothing', 5, 0, '1080p', 5, 0, 0],
])('%s of %f s cut to %i at %s', (bills, seconds, cut, quality, input, billed, amount, most) => {
  expect(estimate(row(bills), { seconds, options: { cut, quality } })).toEqual({
    currency: 'USD',
    seconds: { input, output: input, billed },
    amount,
    bills,
    // Nobody documents that the part after the cut is free.
    ...(most === undefined ? {} : { amountUpTo: most }),
  })
})

test.each([
  ['input+output', { seconds: 10.08, input: 5.04, output: 5.04 }, 10.08, 1.008],
  ['input+output', { seconds: null, input: 5, output: 4 }, 9, 0.9],
  ['output', { seconds: null, input: 5, output: 4 }, 4, 0.4],
  ['nothing', { seconds: 10, input: 5, output: 5 }, 0, 0],
] as const)('%s with usage %j was billed %f s', (bills, usage, seconds, amount) => {
  expect(billedFrom(row(bills), usage, { quality: '720p' })).toMatchObject({ seconds, amount })
})

test('nothing counts as billed where the answer contains no usage', () => {
  expect(billedFrom(row('output'), null, { quality: '720p' })).toBeNull()
  for (const [input, output] of [
    [5, null],
    [null, 5],
    [null, null],
  ] as const)
    for (const bills of ['input+output', 'output', 'input'] as const)
      expect(
        billedFrom(row(bills), { seconds: null, input, output }, { quality: '720p' }),
      ).toBeNull()
})

test('the example of the price list: 5 s at 720P in Singapore cost one dollar', () => {
  expect(estimate(edit('dashscope'), fiveSeconds)).toMatchObject({ amount: 1, currency: 'USD' })
  expect(estimate(edit('sandbox'), fiveSeconds)).toMatchObject({ amount: 0 })
})

test('EvoLink bills clip and result in dollars, with the amount in credits', () => {
  expect(estimate(edit('evolink'), fiveSeconds)).toMatchObject({
    amount: 0.86,
    currency: 'USD',
    also: { currency: 'credits', amount: 58.48 },
  })
})

test('APIYI documents that it bills only the result, so the estimate has an upper bound', () => {
  const found = estimate(edit('apiyi'), fiveSeconds)
  expect(found).toMatchObject({ amount: 0.42, amountUpTo: 0.84, bills: 'output' })
  expect(estimate(edit('dashscope'), fiveSeconds)).not.toHaveProperty('amountUpTo')
})

test('aivideoapi.ai bills the clip once, in credits', () => {
  expect(estimate(edit('aivideoapi'), fiveSeconds)).toMatchObject({
    amount: 120,
    currency: 'credits',
    seconds: { billed: 5 },
    also: { currency: 'USD', amount: 0.6 },
  })
  const options = { cut: 3, quality: '1080p' as const }
  expect(estimate(edit('aivideoapi'), { seconds: 8, options })).toMatchObject({ amount: 120 })
})

test('credits in an answer are converted to the currency of the row', () => {
  const usage = { seconds: null, input: null, output: null }
  const cost = { currency: 'credits', amount: 58.5 }
  expect(billedFrom(edit('evolink'), { ...usage, cost }, { quality: '720p' })).toEqual({
    ...usage,
    currency: 'USD',
    amount: 0.86029,
  })
  expect(billedFrom(edit('aivideoapi'), { ...usage, cost }, { quality: '720p' })).toMatchObject({
    currency: 'credits',
    amount: 58.5,
  })
  const unknown = { ...usage, cost: { currency: 'EUR', amount: 1 } }
  expect(billedFrom(edit('evolink'), unknown, { quality: '720p' })).toBeNull()
  expect(billedFrom(row('output'), unknown, { quality: '720p' })).toBeNull()
  const both = { seconds: 10, input: null, output: null, cost: { currency: 'USD', amount: 7 } }
  expect(billedFrom(row('output'), both, { quality: '720p' })).toMatchObject({
    seconds: 10,
    amount: 7,
  })
})

describe('a new video', () => {
  const at = (id: ProviderId, name: Mode, seconds: number, duration?: number) =>
    estimate(modeRow(providerRows[id], name), {
      seconds,
      options: { cut: 0, quality: '720p', duration },
    })

  test.each<[ProviderId, Mode, number, number | undefined, number, number]>([
    ['dashscope', 'text', 0, undefined, 5, 0.5],
    ['dashscope', 'text', 0, 15, 15, 1.5],
    ['dashscope-cn', 'text', 0, 5, 5, 3],
    ['evolink', 'text', 0, 10, 10, 0.86],
    ['apiyi', 'text', 0, 5, 5, 0.42],
    ['aivideoapi', 'text', 0, 5, 5, 120],
    ['dashscope', 'image', 0, 5, 5, 0.5],
    // A continued clip of 4 s: the whole result is billed, the clip not once more.
    ['dashscope', 'image', 4, 8, 8, 0.8],
    ['evolink', 'image', 4, 8, 8, 0.688],
    ['apiyi', 'image', 0, 5, 5, 0.42],
    ['aivideoapi', 'image', 0, 5, 5, 120],
    ['dashscope', 'references', 0, 5, 5, 0.5],
    ['dashscope', 'references', 3, 5, 8, 0.8],
    // At most 5 s of the reference videos are billed.
    ['dashscope', 'references', 12.5, 5, 10, 1],
    ['evolink', 'references', 30, 10, 15, 1.29],
    ['apiyi', 'references', 30, 10, 15, 1.26],
    ['aivideoapi', 'references', 30, 10, 10, 240],
  ])(
    'at %s by %s with %f s sent and %s s chosen costs %f s',
    (id, name, seconds, duration, billed, amount) => {
      const found = at(id, name, seconds, duration)
      expect(found).toMatchObject({ amount, seconds: { billed, output: duration ?? 5 } })
      expect(found).not.toHaveProperty('amountUpTo')
    },
  )

  test('costs something in every mode that a service offers', () => {
    for (const row of Object.values(providerRows))
      for (const name of Object.keys(row.modes) as Mode[])
        expect(at(row.id, name, 4).amount > 0, `${row.id} ${name}`).toBe(row.keyVariable !== null)
  })
})
