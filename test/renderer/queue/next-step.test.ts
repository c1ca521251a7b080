import { describe, expect, it } from 'vitest'
import { type Failure, failureAction, jobState } from '../../../preload/contract'
import { failureStep, nextStep, secondsUntil } from '../../../renderer/features/queue/next-step'
import { sectionOf } from '../../../renderer/features/queue/sections'

const failure = (action: Failure['action']): Failure => ({
  kind: 'unknown',
  text: { key: 'failure.unknown', values: {} },
  action,
  provider: null,
})
const failed = (action: Failure['action'], canRetry = true, clipId: string | null = 'clip') =>
  failureStep({ state: 'failed', failure: failure(action), canRetry, clipId }).do

describe('failureStep', () => {
  it.each<[Failure['action'], string]>([
    ['enter-key', 'settings'],
    ['try-region', 'settings'],
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

  it('covers every action there is', () => {
    for (const action of failureAction.options) expect(failed(action)).toMatch(/\w/)
  })

  it('offers nothing that cannot be done', () => {
    expect(failed('try-again', false)).toBe('none')
    expect(failed('change-prompt', true, null)).toBe('retry')
    expect(failed('change-prompt', false, null)).toBe('none')
  })

  it('offers to try again where no reason was kept, as for an expired result', () => {
    const step = failureStep({ state: 'expired', failure: null, canRetry: true, clipId: 'clip' })
    expect(step).toEqual({ do: 'retry', label: 'try-again' })
  })
})

describe('nextStep', () => {
  it('says something for every job on its way and nothing for the others', () => {
    for (const state of jobState.options)
      expect(nextStep({ state, nextPollAt: null }) !== null, state).toBe(
        sectionOf({ state, seen: false }) === 'way',
      )
  })

  it('counts down only while the provider is to be asked', () => {
    expect(nextStep({ state: 'running', nextPollAt: 9000 })).toEqual({
      say: 'asks-again',
      at: 9000,
    })
    expect(nextStep({ state: 'running', nextPollAt: null })).toEqual({ say: 'asking' })
    expect(nextStep({ state: 'uploading', nextPollAt: 9000 })).toEqual({ say: 'uploading' })
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
