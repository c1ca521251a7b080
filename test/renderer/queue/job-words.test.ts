import { describe, expect, it } from 'vitest'
import type { Billed, Estimate } from '../../../preload/contract'
import { type Cost, costOf, dayOf, durationOf } from '../../../renderer/features/queue/job-words'

const noon = new Date(2026, 4, 20, 12, 0, 0).getTime()
const hour = 3_600_000

describe('dayOf', () => {
  it.each([
    [-1, 'past'],
    [0, 'past'],
    [2, 'today'],
    [11.9, 'today'],
    [12, 'tomorrow'],
    [23, 'tomorrow'],
    [35.9, 'tomorrow'],
    [36, 'later'],
  ])('%d hours from noon is %s', (hours, day) => {
    expect(dayOf(noon + hours * hour, noon)).toBe(day)
  })
})

const estimate: Estimate = {
  currency: 'USD',
  seconds: { input: 6, output: 6, billed: 12 },
  amount: 1.2,
  bills: 'input+output',
}
const billed: Billed = { seconds: 12, input: 6, output: 6, currency: 'USD', amount: 1.2 }

describe('costOf', () => {
  it('is the estimate until an amount was billed', () => {
    expect(costOf({ state: 'running', estimate, billed: null })).toMatchObject({
      kind: 'estimate',
      seconds: 12,
      amount: 1.2,
    })
  })

  it('is the billed amount, with the estimate only if it was different', () => {
    expect(costOf({ state: 'saved', estimate, billed })).toMatchObject({
      kind: 'billed',
      instead: null,
    })
    expect(
      costOf({ state: 'saved', estimate, billed: { ...billed, seconds: 10, amount: 1 } }),
    ).toMatchObject({ kind: 'billed', seconds: 10, amount: 1, instead: 1.2 })
    expect(costOf({ state: 'saved', estimate, billed: { ...billed, amount: null } })).toMatchObject(
      { kind: 'billed', amount: null, instead: null },
    )
  })

  it.each<['failed' | 'cancelled' | 'expired']>([['failed'], ['cancelled'], ['expired']])(
    'is nothing for a job that %s without a bill',
    (state) => {
      expect(costOf({ state, estimate, billed: null })).toEqual({ kind: 'none' })
    },
  )

  it.each<[string, Estimate | null, Billed | null, Cost['kind']]>([
    ['a free estimate', { ...estimate, amount: 0 }, null, 'free'],
    ['a free result', estimate, { ...billed, amount: 0 }, 'free'],
    ['nothing known', null, null, 'none'],
  ])('reads %s', (_what, estimated, really, kind) => {
    expect(costOf({ state: 'saved', estimate: estimated, billed: really }).kind).toBe(kind)
  })
})

describe('durationOf', () => {
  it('runs from the submission to the last change of state', () => {
    expect(
      durationOf({
        createdAt: 1000,
        updatedAt: 99_000,
        phases: [
          { state: 'queued', startedAt: 1000, endedAt: 2000 },
          { state: 'running', startedAt: 2000, endedAt: 61_000 },
          { state: 'saved', startedAt: 61_000, endedAt: null },
        ],
      }),
    ).toBe(60_000)
    expect(durationOf({ createdAt: 1000, updatedAt: 1000, phases: [] })).toBe(0)
  })
})
