import { describe, expect, it } from 'vitest'
import { expiryOf, hasExpired, uploadIsFresh } from '../../main/jobs/expiry'
import { mayTake } from '../../main/jobs/job-lease'
import {
  attempts,
  delayAfterFailure,
  firstDelay,
  nextDelay,
  offlineDelay,
  setbackOf,
} from '../../main/jobs/polling'
import { areRivals, isOfAnotherPrompt, reconcile } from '../../main/jobs/reconcile'
import { noSetbacks, repeatSending } from '../../main/jobs/setbacks'
import { uploadNameOf } from '../../main/jobs/upload-name'
import type { Facts } from '../../preload/contract'
import { offline, providerError } from '../support/fake-provider'
import { clipFacts } from '../support/jobs-world'

const minute = 60_000
const hour = 60 * minute
const polling = { first: 5_000, interval: 15_000, jitter: 0.2 }

describe('polling', () => {
  it.each([
    [0, 4_500, 13_500],
    [0.5, 5_000, 15_000],
    [1, 5_500, 16_500],
  ])('spreads around first and interval: random %s', (random, first, next) => {
    expect(firstDelay(polling, random)).toBe(first)
    expect(nextDelay(polling, random)).toBe(next)
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
    expect(delayAfterFailure(1_000, failures, retryAfter, 0.5)).toBe(delay)
  })

  it('asks for the network again soon', () => {
    expect(offlineDelay(0.5)).toBe(10_000)
  })

  it.each([
    [offline(), 'offline'],
    [providerError('rate-limit', 'refused'), 'passing'],
    [providerError('temporary', 'maybe', 'try-again'), 'passing'],
    [providerError('auth', 'refused', 'enter-key'), 'lasting'],
    [providerError('billing', 'refused', 'top-up'), 'lasting'],
    [providerError('unknown', 'refused'), 'lasting'],
  ] as const)('tells setbacks apart %#', (error, setback) => {
    expect(setbackOf(error)).toBe(setback)
  })
})

describe('repeating what created nothing', () => {
  const question = { now: 0, random: 0.5, backoff: 1_000, offlinePatience: minute }
  it('gives up after a bounded number of attempts', () => {
    const setbacks = noSetbacks()
    const error = providerError('rate-limit', 'refused')
    const waits: number[] = []
    for (;;) {
      const repeat = repeatSending({ ...question, setbacks, error })
      if ('failure' in repeat) break
      waits.push(repeat.after)
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000])
    expect(waits).toHaveLength(attempts.send - 1)
  })
  it('keeps until when the service wants to be left alone', () => {
    const error = providerError('billing', 'refused', 'wait', 90_000)
    const repeat = repeatSending({ ...question, setbacks: noSetbacks(), error, now: 1_000 })
    expect(repeat).toMatchObject({ failure: { until: 91_000 } })
  })
  it('spends no attempts without network, but not for ever', () => {
    const setbacks = noSetbacks()
    for (let now = 0; now < minute; now += 10_000)
      expect(repeatSending({ ...question, setbacks, error: offline(), now })).toEqual({
        after: 10_000,
      })
    expect(setbacks.failures).toBe(0)
    const end = repeatSending({ ...question, setbacks, error: offline(), now: minute })
    expect(end).toMatchObject({ failure: { action: 'reconnect' } })
  })
  it('does not repeat what would fail again', () => {
    const error = providerError('moderation', 'refused', 'change-prompt')
    expect(repeatSending({ ...question, setbacks: noSetbacks(), error })).toEqual({
      failure: error.failure,
    })
  })
})

describe('expiry', () => {
  it('is known from the creation on', () => {
    const expiresAt = expiryOf(1_000, 24 * hour)
    expect(hasExpired(expiresAt, 24 * hour + 999)).toBe(false)
    expect(hasExpired(expiresAt, 24 * hour + 1_000)).toBe(true)
    expect(hasExpired(null, Number.MAX_SAFE_INTEGER)).toBe(false)
  })
  it('trusts an uploaded address while the service can still fetch it', () => {
    expect(uploadIsFresh(48 * hour, 47 * hour)).toBe(true)
    expect(uploadIsFresh(48 * hour, 48 * hour - minute)).toBe(false)
  })
})

describe('the lease', () => {
  const me = { id: 'me', pid: 10, machine: 'here' }
  const theirs = { owner: 'here#other', pid: 20, until: 100 }
  const base = {
    me,
    isAlive: () => true,
    submittingGrace: 1_000,
    now: 50,
    state: 'running' as const,
  }
  it.each([
    ['free', { ...base, lease: null }, true],
    ['mine', { ...base, lease: { ...theirs, owner: 'here#me' } }, true],
    ['of a living process', { ...base, lease: theirs }, false],
    ['of a process that is gone', { ...base, lease: theirs, isAlive: () => false }, true],
    [
      'of another computer, whose pids mean nothing here',
      { ...base, lease: { ...theirs, owner: 'there#other' }, isAlive: () => false },
      false,
    ],
    ['of a process that was not heard of', { ...base, lease: theirs, now: 101 }, true],
    [
      'of a silent process with a create in flight',
      { ...base, lease: theirs, now: 101, state: 'submitting' as const },
      false,
    ],
    [
      'of one that is silent for very long',
      { ...base, lease: theirs, now: 1_101, state: 'submitting' as const },
      true,
    ],
    [
      'of a dead one with a create in flight',
      { ...base, lease: theirs, state: 'submitting' as const, isAlive: () => false },
      true,
    ],
  ])('%s', (_what, question, expected) => {
    expect(mayTake(question)).toBe(expected)
  })
})

describe('reconciling a lost answer', () => {
  const task = (taskId: string, createdAt: number | null, requestId: string | null = null) => ({
    taskId,
    createdAt,
    status: 'RUNNING',
    requestId,
  })
  const base = {
    listed: [],
    known: new Set<string>(),
    foreign: new Set<string>(),
    requestId: null as string | null,
    submittedAt: hour,
    now: hour + 10_000,
    rival: false,
    trust: 2 * minute,
  }
  it.each([
    ['nothing yet', base, { kind: 'wait' }],
    ['nothing, long enough later', { ...base, now: hour + 2 * minute }, { kind: 'not-created' }],
    ['exactly one', { ...base, listed: [task('a', hour + 500)] }, { kind: 'adopt', taskId: 'a' }],
    [
      'one by a clock that differs',
      { ...base, listed: [task('a', hour - minute)] },
      { kind: 'adopt', taskId: 'a' },
    ],
    ['one without a time', { ...base, listed: [task('a', null)] }, { kind: 'adopt', taskId: 'a' }],
    [
      'one from long before',
      { ...base, listed: [task('a', hour - 10 * minute)] },
      { kind: 'wait' },
    ],
    [
      'one from long before, for a clock that is wrong by more than that',
      { ...base, listed: [task('a', hour - 10 * minute)], now: hour + 2 * minute },
      { kind: 'several' },
    ],
    ['one from long after', { ...base, listed: [task('a', hour + 20 * minute)] }, { kind: 'wait' }],
    [
      'one that is another job of ours',
      { ...base, listed: [task('a', hour)], known: new Set(['a']) },
      { kind: 'wait' },
    ],
    ['two', { ...base, listed: [task('a', hour), task('b', hour)] }, { kind: 'several' }],
    [
      'one that another computer created',
      { ...base, listed: [task('a', hour)], foreign: new Set(['a']) },
      { kind: 'wait' },
    ],
    [
      'only what another computer created, long enough later',
      { ...base, listed: [task('a', hour)], foreign: new Set(['a']), now: hour + 2 * minute },
      { kind: 'not-created' },
    ],
    [
      'two, of which one is named by the create’s own request id',
      {
        ...base,
        requestId: 'r-2',
        listed: [task('a', hour, 'r-1'), task('b', hour, 'r-2')],
        rival: true,
      },
      { kind: 'adopt', taskId: 'b' },
    ],
    [
      'one of another request id, which a gateway may have given',
      { ...base, requestId: 'r-2', listed: [task('a', hour, 'r-1')] },
      { kind: 'adopt', taskId: 'a' },
    ],
    [
      'one for two lost answers',
      { ...base, listed: [task('a', hour)], rival: true },
      { kind: 'several' },
    ],
  ])('%s', (_what, question, expected) => {
    expect(reconcile(question)).toEqual(expected)
  })
  it('knows who could be mixed up', () => {
    expect(areRivals(0, 5 * minute)).toBe(true)
    expect(areRivals(0, 20 * minute)).toBe(false)
  })
})

describe('names for uploading', () => {
  const clip = clipFacts(1)
  const image = (format: string): Facts => ({
    kind: 'image',
    format,
    width: 1,
    height: 1,
    orientation: 1,
    frames: 1,
    alpha: false,
    transparent: false,
    colourSpace: null,
    bytes: 1,
    decodes: true,
  })
  it.each([
    ['beach.mp4', clip, 'beach.mp4', 'video/mp4'],
    ['beach.MP4', clip, 'beach.MP4', 'video/mp4'],
    ['beach', clip, 'beach.mp4', 'video/mp4'],
    ['beach.avi', clip, 'beach.mp4', 'video/mp4'],
    ['v1.2 final.jpg.mp4', clip, 'v1.2 final.jpg.mp4', 'video/mp4'],
    ['photo.png', image('jpeg'), 'photo.jpg', 'image/jpeg'],
    ['photo.jpeg', image('jpeg'), 'photo.jpeg', 'image/jpeg'],
    ['海滩.heic', image('png'), '海滩.png', 'image/png'],
    ['odd.xyz', image('gif'), 'odd.xyz', 'application/octet-stream'],
  ])('%s', (name, facts, expected, contentType) => {
    expect(uploadNameOf(name, facts)).toEqual({ name: expected, contentType })
  })
})

describe('whether a task is of another prompt', () => {
  it.each([
    ['make it snow', null, false],
    ['make it snow', undefined, false],
    ['make it snow', 'make it snow', false],
    [' make it\n snow', 'make it snow ', false],
    ['make it snow', 'make it rain', true],
    ['make it snow', 'make it now', true],
    ['make it snow 2', 'make it snow 3', true],
    ['让天空下雪', '让天空下雨', true],
    ['make it snow', 'make it snow!', false],
    ['“snow”，please', '"snow", please', false],
    ['a < b', 'a  b', false],
    ['x'.repeat(6000), 'x'.repeat(5000), false],
    ['😀'.repeat(5001), '😀'.repeat(5000), false],
    ['caf\u0065\u0301', 'caf\u00e9', false],
  ])('%j and %j', (ours, theirs, expected) => {
    expect(isOfAnotherPrompt(ours, theirs)).toBe(expected)
  })
})
