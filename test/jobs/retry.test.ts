import { describe, expect, it } from 'vitest'
import {
  backoff,
  firstPoll,
  nextPoll,
  nextTry,
  noSetbacks,
  retryRules,
  setbackOf,
} from '../../main/jobs/retry'
import { hour, minute } from '../support/begin-job'
import { offline, providerError } from '../support/fake-provider'

const polling = { first: 5_000, interval: 15_000, jitter: 0.2 }

describe('polling', () => {
  it.each([
    [0, 4_500, 13_500],
    [0.5, 5_000, 15_000],
    [1, 5_500, 16_500],
  ])('spreads around first and interval: random %s', (random, first, next) => {
    expect(firstPoll(polling, random)).toBe(first)
    expect(nextPoll(polling, random)).toBe(next)
  })

  it.each([
    [1, null, 1_000],
    [2, null, 2_000],
    [5, null, 16_000],
    [40, null, 5 * minute],
    [1, 90_000, 90_000],
    [6, 1_000, 32_000],
    [1, 48 * hour, hour],
  ])('waits longer after failure %i, Retry-After %s: %i', (failures, retryAfter, delay) => {
    expect(backoff(1_000, failures, retryAfter, 0.5)).toBe(delay)
  })

  it.each([
    [offline(), 'offline'],
    [providerError('rate-limit', 'refused'), 'passing'],
    [providerError('temporary', 'maybe', 'try-again'), 'passing'],
    [providerError('auth', 'refused', 'enter-key'), 'lasting'],
    [providerError('billing', 'refused', 'top-up'), 'lasting'],
    [providerError('unknown', 'refused'), 'lasting'],
  ] as const)('classifies errors %#', (error, setback) => {
    expect(setbackOf(error)).toBe(setback)
  })
})

describe('a failed call is repeated', () => {
  const ask = (change: Partial<Parameters<typeof nextTry>[0]>) =>
    nextTry({
      rule: retryRules.send,
      setbacks: noSetbacks(),
      setback: 'passing',
      retryAfter: null,
      base: 1_000,
      now: 0,
      random: 0.5,
      ...change,
    })
  const delaysOf = (change: Partial<Parameters<typeof nextTry>[0]>, most = 50) => {
    const setbacks = noSetbacks()
    const delays: number[] = []
    while (delays.length < most) {
      const delay = ask({ ...change, setbacks })
      if (delay === null) break
      delays.push(delay)
    }
    return delays
  }

  it.each([
    ['send', 'passing', 5],
    ['send', 'lasting', 0],
    ['cancel', 'passing', 5],
    ['cancel', 'lasting', 0],
    ['query', 'passing', 50],
    ['query', 'lasting', 2],
    ['download', 'passing', 11],
    ['download', 'lasting', 0],
  ] as const)('%s, %s: %i more attempts', (rule, setback, attempts) => {
    expect(delaysOf({ rule: retryRules[rule], setback })).toHaveLength(attempts)
  })

  it('after rising delays', () => {
    expect(delaysOf({})).toEqual([1_000, 2_000, 4_000, 8_000, 16_000])
  })

  it('never before the provider’s Retry-After', () => {
    expect(ask({ retryAfter: 90_000 })).toBe(90_000)
  })

  it('without counting attempts without a network', () => {
    const setbacks = noSetbacks()
    for (let now = 0; now < 50_000; now += 10_000)
      expect(ask({ setbacks, setback: 'offline', now })).toBe(10_000)
    expect(setbacks).toMatchObject({ passing: 0, lasting: 0 })
    expect(ask({ setbacks })).toBe(1_000)
  })

  it('for a minute without a network if it was not sent', () => {
    const setbacks = noSetbacks()
    expect(ask({ setbacks, setback: 'offline', now: 5_000 })).toBe(10_000)
    expect(ask({ setbacks, setback: 'offline', now: 35_000 })).toBe(10_000)
    expect(ask({ setbacks, setback: 'offline', now: 64_999 })).toBe(10_000)
    expect(ask({ setbacks, setback: 'offline', now: 65_000 })).toBeNull()
  })

  it('without counting the hours of a sleep, or those by which the clock was set', () => {
    const setbacks = noSetbacks()
    for (const now of [0, 10_000, 9 * hour, -72 * hour, -72 * hour + 10_000])
      expect(ask({ setbacks, setback: 'offline', now })).toBe(10_000)
  })

  it('for another minute after an answer', () => {
    const setbacks = noSetbacks()
    ask({ setbacks, setback: 'offline', now: 0 })
    ask({ setbacks, now: 50_000 })
    expect(ask({ setbacks, setback: 'offline', now: 70_000 })).toBe(10_000)
  })

  it.each(['query', 'cancel', 'download'] as const)('for hours without a network: %s', (rule) => {
    const setbacks = noSetbacks()
    ask({ rule: retryRules[rule], setbacks, setback: 'offline', now: 0 })
    expect(ask({ rule: retryRules[rule], setbacks, setback: 'offline', now: 9 * hour })).toBe(
      10_000,
    )
  })
})
