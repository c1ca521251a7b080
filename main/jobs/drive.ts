import type { Failure, Text } from '../../preload/contract'
import type { ProviderError } from '../providers/provider'
import { jobError } from './failures'
import type { JobPorts } from './ports'
import type { Queues } from './queues'
import type { JobRecord } from './record'
import {
  holdDelay,
  nextTry,
  noSetbacks,
  type RetryRule,
  type Setback,
  type Setbacks,
  setbackOf,
} from './retry'
import type { JobChange } from './store'
import type { JobWatch } from './watch'

/** One job that this process drives, with everything a phase needs. */
export interface Drive {
  id: string
  ports: JobPorts
  queues: Queues
  /** Aborts when this process stops driving the job. */
  stop: AbortSignal
  /** Aborts with `stop` or when the person cancels: for work that can be interrupted. */
  work: AbortSignal
  /** Aborts some time after `stop`, to leave time for the answer to a create. */
  create: AbortSignal
  setbacks: Setbacks
  /** Writes a change. Throws `LeaseLostError` if another process now drives the job. */
  change: (change: JobChange) => JobRecord
  /** Records why the job waits; null when it continues, which also ends a hold. Writes only a new reason. */
  trouble: (text: Text | null) => void
  /** Fraction 0..1 of the phase; null when unknown. */
  progress: (fraction: number | null) => void
  /** Waits these milliseconds and shows until when. `wake` ends the wait; rejects when stopped. */
  pause: (milliseconds: number) => Promise<void>
  /** Milliseconds until a failed call is repeated; null where the rule allows no more attempts. */
  nextTry: (rule: RetryRule, error: Setback | ProviderError, base?: number) => number | null
  /** Records the trouble and waits for the next attempt; false where the rule allows no more attempts. */
  retry: (rule: RetryRule, error: ProviderError, base?: number) => Promise<boolean>
  /** Records what holds the job and waits until it is worth another try. A person's retry ends the wait. */
  hold: (failure: Failure) => Promise<void>
}

/** The work of one state of a job. Returns after a change of state, or to be called again. */
export type Phase = (job: JobRecord, drive: Drive) => Promise<void>

/** A drive that runs in this process, and the ways to stop it. */
export interface Running {
  drive: Drive
  /** The person cancels the job. */
  cancel: AbortController
  /** This process stops driving the job. */
  stop: AbortController
  /** Stops waiting even for the answer to a create. */
  create: AbortController
  /** Ends the pause. If nothing is waiting, the next wait ends at once. */
  wake: () => void
  /** Whether the job is held: it waits for something to be mended. */
  isHeld: () => boolean
  done: Promise<void>
}

export const startDrive = (
  id: string,
  ports: JobPorts,
  queues: Queues,
  watch: JobWatch,
): Running => {
  const { clock, store, random, timing } = ports
  const cancel = new AbortController()
  const stop = new AbortController()
  const create = new AbortController()
  const setbacks = noSetbacks()
  let sleeping: AbortController | null = null
  let woken = false

  const sleep = async (milliseconds: number): Promise<void> => {
    const current = new AbortController()
    sleeping = current
    const signal = AbortSignal.any([stop.signal, current.signal])
    await clock.sleep(Math.max(0, milliseconds), signal).catch((error: unknown) => {
      if (!current.signal.aborted || stop.signal.aborted) throw error
    })
    sleeping = null
  }

  const change: Drive['change'] = (what) => {
    const record = store.change(id, ports.owner, what)
    if (!record) throw jobError('notFound')
    watch.plan(id, null)
    watch.changed(record)
    return record
  }

  const trouble: Drive['trouble'] = (text) => {
    const record = store.get(id)
    const isHeldStill = text === null && record?.failure != null
    if ((record?.trouble ?? null)?.key === text?.key && !isHeldStill) return
    if (isHeldStill) setbacks.holds = 0
    const patch = text === null ? { trouble: null, failure: null } : { trouble: text }
    change({ patch, note: { trouble: text?.key ?? null } })
  }

  const pause: Drive['pause'] = async (milliseconds) => {
    stop.signal.throwIfAborted()
    if (!woken) {
      watch.plan(id, clock.now() + milliseconds)
      await sleep(milliseconds)
    }
    woken = false
    watch.plan(id, null)
  }

  let held = false
  const hold: Drive['hold'] = async (failure) => {
    const known = store.get(id)?.failure?.text.key
    if (known !== failure.text.key)
      change({ patch: { failure, trouble: null }, note: { held: failure.text.key } })
    setbacks.holds++
    held = true
    try {
      await pause(holdDelay(failure.action, setbacks.holds, random()))
    } finally {
      held = false
    }
    // A person tries again: the counts start anew.
    if (store.get(id)?.failure === null) Object.assign(setbacks, noSetbacks())
  }

  const next: Drive['nextTry'] = (rule, error, base = timing.backoff) =>
    nextTry({
      rule,
      setbacks,
      setback: typeof error === 'string' ? error : setbackOf(error),
      retryAfter: typeof error === 'string' ? null : error.retryAfter,
      base,
      now: clock.now(),
      random: random(),
    })

  const drive: Drive = {
    id,
    ports,
    queues,
    stop: stop.signal,
    work: AbortSignal.any([stop.signal, cancel.signal]),
    create: create.signal,
    setbacks,
    change,
    trouble,
    progress: (fraction) => watch.progress(id, fraction),
    pause,
    nextTry: next,
    retry: async (rule, error, base) => {
      const delay = next(rule, error, base)
      if (delay === null) return false
      trouble(error.failure.text)
      await pause(delay)
      return true
    },
    hold,
  }
  const wake = () => {
    woken = true
    sleeping?.abort()
  }
  return { drive, cancel, stop, create, wake, isHeld: () => held, done: Promise.resolve() }
}
