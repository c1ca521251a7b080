import { describe, expect, it } from 'vitest'
import { type Failure, failureAction, jobState } from '../../../preload/contract'
import {
  failureStep,
  mayFollow,
  nextStep,
  secondsUntil,
  waitUntil,
} from '../../../renderer/features/queue/next-step'
import { sectionOf } from '../../../renderer/features/queue/sections'
import { clipFile } from '../a-job'

const failure = (action: Failure['action']): Failure => ({
  kind: 'unknown',
  text: { key: 'failure.unknown', values: {} },
  action,
  provider: null,
})
const base = { state: 'failed' as const, canRetry: true, files: [clipFile()] }
const regional = { sibling: 'dashscope-cn' } as const
const failed = (action: Failure['action'], canRetry = true, mediaId: string | null = 'clip') =>
  failureStep(
    { ...base, failure: failure(action), canRetry, files: [clipFile({ mediaId })] },
    regional,
  ).do

describe('failureStep', () => {
  it.each<[Failure['action'], string]>([
    ['enter-key', 'settings'],
    ['try-region', 'tryRegion'],
    ['set-up-bucket', 'settings'],
    ['choose-folder', 'settings'],
    ['change-prompt', 'edit'],
    ['fix-file', 'edit'],
    ['try-again', 'retry'],
    ['wait', 'retry'],
    ['reconnect', 'retry'],
    ['free-space', 'retry'],
    ['top-up', 'retry'],
    ['contact-provider', 'none'],
    ['none', 'none'],
  ])('answers %s with %s', (action, step) => {
    expect(failed(action)).toBe(step)
  })

  it('gives a step for every action', () => {
    for (const action of failureAction.options) expect(failed(action)).toMatch(/\w/)
  })

  it('keeps a task in its region and its request as it is', () => {
    const held = { ...base, state: 'running' as const, resumes: true }
    const stepOf = (action: Failure['action']) =>
      failureStep({ ...held, failure: failure(action) }, regional)
    expect(stepOf('try-region')).toMatchObject({ do: 'settings', label: 'enter-key' })
    for (const action of ['change-prompt', 'fix-file', 'contact-provider', 'none'] as const)
      expect(stepOf(action)).toEqual({ do: 'retry', label: 'try-again' })
  })

  it('offers no step that is impossible', () => {
    expect(failed('try-again', false)).toBe('none')
    expect(failed('change-prompt', true, null)).toBe('retry')
    expect(failed('change-prompt', false, null)).toBe('none')
  })

  it('offers to try again without a failure, as for an expired result', () => {
    const step = failureStep({ ...base, state: 'expired', failure: null })
    expect(step).toEqual({ do: 'retry', label: 'try-again' })
  })
})

describe('steps outside the queue', () => {
  it.each([
    ['enter-key', 'providers'],
    ['set-up-bucket', 'storage'],
    ['choose-folder', 'library'],
  ] as const)('%s leads to %s, and trying again may follow', (action, section) => {
    const step = failureStep({ ...base, failure: failure(action) })
    expect(step).toMatchObject({ do: 'settings', section })
    expect(mayFollow(step, { canRetry: true })).toBe(true)
    expect(mayFollow(step, { canRetry: false })).toBe(false)
  })

  it('offers another region only for a provider that has one', () => {
    const step = failureStep({ ...base, failure: failure('try-region') }, {})
    expect(step).toMatchObject({ do: 'settings', label: 'enter-key' })
  })

  it('opens the page for topping up, if the provider has one', () => {
    const job = { ...base, failure: failure('top-up') }
    const billing = 'https://example.com/billing'
    const step = failureStep(job, { pages: { keys: 'https://example.com/keys', billing } })
    expect(step).toEqual({ do: 'page', label: 'top-up', url: billing })
    expect(mayFollow(step, { canRetry: true })).toBe(true)
    expect(failureStep(job)).toMatchObject({ do: 'retry' })
    expect(failureStep({ ...job, canRetry: false })).toEqual({ do: 'none' })
  })

  it('opens the storage settings when the bucket has to be paid', () => {
    const unpaid = {
      ...failure('top-up'),
      text: { key: 'failure.unpaid', values: { bucket: 'b' } },
    }
    const step = failureStep({ ...base, failure: unpaid }, { pages: { keys: 'k', billing: 'b' } })
    expect(step).toMatchObject({ do: 'settings', section: 'storage' })
  })

  it('offers trying again only once', () => {
    for (const action of ['try-again', 'wait', 'change-prompt', 'try-region'] as const)
      expect(mayFollow(failureStep({ ...base, failure: failure(action) }, regional), base)).toBe(
        false,
      )
  })

  it('waits as long as the provider asks for, else a minute', () => {
    expect(waitUntil({ failure: failure('wait'), updatedAt: 1000 })).toBe(61_000)
    expect(waitUntil({ failure: { ...failure('wait'), until: 5000 }, updatedAt: 1000 })).toBe(5000)
  })
})

describe('nextStep', () => {
  const alive = { failure: null }

  it('of a held job is that it is tried again by itself, at a known time', () => {
    const held = { state: 'running', failure: failure('enter-key') } as const
    expect(nextStep({ ...held, nextPollAt: 9000 })).toEqual({ verb: 'alone', at: 9000 })
    expect(nextStep({ ...held, nextPollAt: null })).toBeNull()
  })

  it('exists for every job in progress and for no other job', () => {
    for (const state of jobState.options)
      expect(nextStep({ ...alive, state, nextPollAt: null }) !== null, state).toBe(
        sectionOf({ ...alive, state, seen: false }) === 'way',
      )
  })

  it('counts down only until the provider is asked or a step is tried again', () => {
    expect(nextStep({ ...alive, state: 'running', nextPollAt: 9000 })).toEqual({
      verb: 'asks',
      at: 9000,
    })
    expect(nextStep({ ...alive, state: 'running', nextPollAt: null })).toEqual({ say: 'asking' })
    expect(nextStep({ ...alive, state: 'uploading', nextPollAt: 9000 })).toEqual({
      say: 'uploading',
    })
    const trouble = { key: 'failure.rate_limited', values: {} }
    expect(nextStep({ ...alive, state: 'submitting', nextPollAt: 9000, trouble })).toEqual({
      verb: 'tries',
      at: 9000,
    })
  })
})

describe('secondsUntil', () => {
  it.each([
    [9000, 0, 9],
    [9001, 0, 10],
    [1, 0, 1],
    [0, 0, 0],
    [0, 5000, 0],
  ])('from %i to %i is %i', (at, now, seconds) => {
    expect(secondsUntil(at, now)).toBe(seconds)
  })
})
