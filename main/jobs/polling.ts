import type { ProviderRow } from '../../preload/contract'
import { mayPass } from '../providers/failures'
import type { ProviderError } from '../providers/provider'

/** Milliseconds. A failing service is asked less and less often, but never less than this. */
const slowest = 5 * 60_000
/** A wait that a service asks for is honoured up to this. */
const longestRetryAfter = 60 * 60_000
/** While there is no network, looking again costs nothing. */
const offlineInterval = 10_000

type Polling = ProviderRow['polling']

/** `jitter` of the interval is random, around the interval. `random` is in 0..1. */
const jittered = (interval: number, jitter: number, random: number): number =>
  Math.round(interval * (1 + jitter * (random - 0.5)))

/** Milliseconds before a new task is asked about for the first time. */
export const firstDelay = (polling: Polling, random: number): number =>
  jittered(polling.first, polling.jitter, random)

/** Milliseconds until a task that is on its way is asked about again. */
export const nextDelay = (polling: Polling, random: number): number =>
  jittered(polling.interval, polling.jitter, random)

/**
 * Milliseconds until a call that failed is made again.
 * @param failures how many failed in a row, from 1
 */
export const delayAfterFailure = (
  base: number,
  failures: number,
  retryAfter: number | null,
  random: number,
): number => {
  const backoff = Math.min(base * 2 ** Math.min(failures - 1, 16), slowest)
  return Math.max(jittered(backoff, 0.5, random), Math.min(retryAfter ?? 0, longestRetryAfter))
}

/** Milliseconds until the network is tried again. */
export const offlineDelay = (random: number): number => jittered(offlineInterval, 0.5, random)

/** How a call failed, as far as repeating it goes. */
export type Setback =
  /** The network is down: waiting spends no attempts. */
  | 'offline'
  /** It passes by itself. */
  | 'passing'
  /** The same call would most likely fail again. */
  | 'lasting'

export const setbackOf = (error: ProviderError): Setback => {
  if (error.failure.action === 'reconnect') return 'offline'
  return mayPass(error.failure) ? 'passing' : 'lasting'
}

/** Attempts in a row after which a call is given up. */
export const attempts = {
  /** Uploads and creates that surely created nothing. */
  send: 6,
  /** Queries that fail in a way that does not pass (a changed key). */
  lastingQuery: 3,
  /** Answers that the task is unknown; some services need a moment to know their own tasks. */
  unknownTask: 5,
  /** Downloads that brought no new byte. */
  download: 12,
  /** Links to a result that are refused, though the service still knows the task. */
  link: 5,
} as const
