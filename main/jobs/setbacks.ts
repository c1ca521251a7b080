import type { Failure } from '../../preload/contract'
import type { ProviderError } from '../providers/provider'
import { attempts, delayAfterFailure, offlineDelay, setbackOf } from './polling'

/** What went wrong in a row while a job was in one state. */
export interface Setbacks {
  failures: number
  offlineSince: number | null
  /** Answers in a row that the task is unknown. */
  unknown: number
  /** Links to the result that were refused in a row. */
  refusedLinks: number
  /** Whether the result arrived damaged before. */
  damagedBefore: boolean
}

export const noSetbacks = (): Setbacks => ({
  failures: 0,
  offlineSince: null,
  unknown: 0,
  refusedLinks: 0,
  damagedBefore: false,
})

export interface RepeatQuestion {
  setbacks: Setbacks
  error: ProviderError
  now: number
  random: number
  backoff: number
  offlinePatience: number
}

export type Repeat = { after: number } | { failure: Failure }

/**
 * Whether a call that created nothing is made again, and when; notes the setback.
 *
 * Without network it waits without spending attempts, but not for ever: nothing was sent yet,
 * so a person who is told can simply try again.
 */
export const repeatSending = (question: RepeatQuestion): Repeat => {
  const { setbacks, error, now, random, backoff, offlinePatience } = question
  const setback = setbackOf(error)
  const failure =
    error.retryAfter === null ? error.failure : { ...error.failure, until: now + error.retryAfter }
  if (setback === 'lasting') return { failure }
  if (setback === 'offline') {
    setbacks.offlineSince ??= now
    if (now - setbacks.offlineSince >= offlinePatience) return { failure }
    return { after: Math.min(offlineDelay(random), offlinePatience) }
  }
  setbacks.failures++
  if (setbacks.failures >= attempts.send) return { failure }
  return { after: delayAfterFailure(backoff, setbacks.failures, error.retryAfter, random) }
}
