import type { ProviderRow } from '../../preload/contract'
import { mayPass } from '../providers/failures'
import type { ProviderError } from '../providers/provider'

/** How a failed call is repeated. */
export type Setback =
  /** No network: does not count as an attempt. */
  | 'offline'
  /** A temporary failure. */
  | 'passing'
  /** A failure that another attempt would most likely repeat. */
  | 'lasting'

export const setbackOf = ({ failure }: ProviderError): Setback => {
  if (failure.action === 'reconnect') return 'offline'
  return mayPass(failure) ? 'passing' : 'lasting'
}

/** When a call is given up: after how many consecutive failures of each kind, or milliseconds without a network. */
export interface RetryRule {
  passing: number
  lasting: number
  offlineFor: number
}

const never = Number.POSITIVE_INFINITY

/** Every call that a job repeats, and when it is given up. */
export const retryRules = {
  /** Uploads, and creates that certainly made no task. Nothing was paid yet, so the person can retry for free. */
  send: { passing: 6, lasting: 1, offlineFor: 60_000 },
  cancel: { passing: 6, lasting: 1, offlineFor: never },
  /** Queries of an existing task, which is already paid for. */
  query: { passing: never, lasting: 3, offlineFor: never },
  /** Downloads that brought no new byte. */
  download: { passing: 12, lasting: 1, offlineFor: never },
} as const satisfies Record<string, RetryRule>

/** Consecutive answers after which a job gives up although the calls succeed. */
export const answersBeforeGivingUp = {
  /** The provider does not know the task: some need a moment after the create. */
  unknownTask: 5,
  /** The link to a result is refused although the provider still knows the task. */
  refusedLink: 5,
} as const

/** Consecutive failures of a job in its current state. */
export interface Setbacks {
  failures: number
  offlineSince: number | null
  /** Consecutive answers that the task is unknown. */
  unknown: number
  /** Consecutive refused links to the result. */
  refusedLinks: number
  /** Whether an earlier download was damaged. */
  damagedBefore: boolean
}

export const noSetbacks = (): Setbacks => ({
  failures: 0,
  offlineSince: null,
  unknown: 0,
  refusedLinks: 0,
  damagedBefore: false,
})

/** Longest delay between attempts, in milliseconds. */
const longestDelay = 5 * 60_000
/** Longest accepted Retry-After, in milliseconds. */
const longestRetryAfter = 60 * 60_000
/** Milliseconds between attempts without a network. */
const offlineInterval = 10_000

/** The interval with a random deviation of up to half of `jitter`. `random` in 0..1. */
const jittered = (interval: number, jitter: number, random: number): number =>
  Math.round(interval * (1 + jitter * (random - 0.5)))

/** Milliseconds until a call is repeated after `failures` (from 1) consecutive failures; doubles from `base`. */
export const backoff = (
  base: number,
  failures: number,
  retryAfter: number | null,
  random: number,
): number => {
  const delay = Math.min(base * 2 ** Math.min(failures - 1, 16), longestDelay)
  return Math.max(jittered(delay, 0.5, random), Math.min(retryAfter ?? 0, longestRetryAfter))
}

export interface RetryQuestion {
  rule: RetryRule
  setbacks: Setbacks
  setback: Setback
  /** Milliseconds from the provider's Retry-After; null without one. */
  retryAfter: number | null
  /** Milliseconds before the second attempt. */
  base: number
  /** ms since the epoch. */
  now: number
  /** 0..1 */
  random: number
}

/** Counts a setback; gives the milliseconds until the next attempt, or null where the rule allows no more. */
export const nextTry = (question: RetryQuestion): number | null => {
  const { rule, setbacks, setback, retryAfter, base, now, random } = question
  if (setback === 'offline') {
    setbacks.offlineSince ??= now
    if (now - setbacks.offlineSince >= rule.offlineFor) return null
    return Math.min(jittered(offlineInterval, 0.5, random), rule.offlineFor)
  }
  setbacks.offlineSince = null
  setbacks.failures++
  return setbacks.failures >= rule[setback]
    ? null
    : backoff(base, setbacks.failures, retryAfter, random)
}

type Polling = ProviderRow['polling']

/** Milliseconds from the create to the first query of the task. */
export const firstPoll = (polling: Polling, random: number): number =>
  jittered(polling.first, polling.jitter, random)

/** Milliseconds until the next query of a task. */
export const nextPoll = (polling: Polling, random: number): number =>
  jittered(polling.interval, polling.jitter, random)
