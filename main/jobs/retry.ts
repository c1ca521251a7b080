import type { FailureAction, ProviderRow } from '../../preload/contract'
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

/**
 * When a call is given up: after how many failures of a kind since the last success, or milliseconds without a network.
 * Kinds are counted apart.
 */
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
  /** Queries of an existing task, which is already paid for: afterwards the job is held (`holdDelay`). */
  query: { passing: never, lasting: 3, offlineFor: never },
  /** Downloads that brought no new byte; afterwards the job is held. */
  download: { passing: 12, lasting: 1, offlineFor: never },
} as const satisfies Record<string, RetryRule>

/** Consecutive refused links to a result, although the provider knows the task, after which the job is held. */
export const refusedLinksBeforeHold = 5

/** Milliseconds after the create during which a provider may not know the task yet. */
export const visibleWithin = 15 * 60_000

/** What has gone wrong for a job since its last success or change of state. */
export interface Setbacks {
  passing: number
  lasting: number
  /** Milliseconds without a network since the last answer, as far as attempts have shown. */
  offlineFor: number
  /** The last attempt without a network, in ms since the epoch. */
  offlineAt: number | null
  /** Consecutive refused links to the result. */
  refusedLinks: number
  /** Downloads that arrived damaged. */
  damaged: number
  /** MD5 of the last download that arrived damaged, in hex. */
  lastMd5: string | null
  /** How often the job was held since it last went on. */
  holds: number
}

export const noSetbacks = (): Setbacks => ({
  passing: 0,
  lasting: 0,
  offlineFor: 0,
  offlineAt: null,
  refusedLinks: 0,
  damaged: 0,
  lastMd5: null,
  holds: 0,
})

/** Counts anew after a call that succeeded. */
export const callSucceeded = (setbacks: Setbacks): void => {
  Object.assign(setbacks, { passing: 0, lasting: 0, offlineFor: 0, offlineAt: null })
}

/** Longest delay between attempts, in milliseconds. */
const longestDelay = 5 * 60_000
/** Longest accepted Retry-After, in milliseconds. */
const longestRetryAfter = 60 * 60_000
/** Milliseconds between attempts without a network. */
const offlineInterval = 10_000
/** Most that counts between two of them: the computer slept, or its clock was set. */
const longestOfflineStep = 30_000

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
    const passed = now - (setbacks.offlineAt ?? now)
    setbacks.offlineFor += Math.min(Math.max(passed, 0), longestOfflineStep)
    setbacks.offlineAt = now
    if (setbacks.offlineFor >= rule.offlineFor) return null
    return Math.min(jittered(offlineInterval, 0.5, random), rule.offlineFor)
  }
  Object.assign(setbacks, { offlineFor: 0, offlineAt: null })
  const count = ++setbacks[setback]
  return count >= rule[setback] ? null : backoff(base, count, retryAfter, random)
}

/** Longest delay before a held job is tried again, in milliseconds: short where looking costs nothing. */
const longestHold: Partial<Record<FailureAction, number>> = {
  'choose-folder': 60_000,
  'free-space': 60_000,
  'enter-key': 5 * 60_000,
}

/** Milliseconds until a held job is tried again for the `holds`th time (from 1); doubles from half a minute to an hour. */
export const holdDelay = (action: FailureAction, holds: number, random: number): number =>
  Math.min(
    jittered(30_000 * 2 ** Math.min(holds - 1, 8), 0.2, random),
    longestHold[action] ?? 60 * 60_000,
  )

type Polling = ProviderRow['polling']

/** Milliseconds from the create to the first query of the task. */
export const firstPoll = (polling: Polling, random: number): number =>
  jittered(polling.first, polling.jitter, random)

/** Milliseconds until the next query of a task. */
export const nextPoll = (polling: Polling, random: number): number =>
  jittered(polling.interval, polling.jitter, random)
