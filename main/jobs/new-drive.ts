import type { Drive, Queues } from './drive'
import { jobError } from './job-failures'
import type { JobPorts } from './job-ports'
import type { JobWatch } from './job-watch'
import { noSetbacks } from './setbacks'

/** One job under way in this process, and the ways to stop it. */
export interface Running {
  drive: Drive
  /** A person wants its end. */
  cancel: AbortController
  /** This process lets go of it. */
  stop: AbortController
  /** Even an answer to a create is no longer waited for. */
  create: AbortController
  /** Ends a pause; one that comes while nobody pauses counts for the next. */
  wake: () => void
  done: Promise<void>
}

export const newDrive = (id: string, ports: JobPorts, queues: Queues, watch: JobWatch): Running => {
  const cancel = new AbortController()
  const stop = new AbortController()
  const create = new AbortController()
  let nap: AbortController | null = null
  let called = false

  const sleep = async (milliseconds: number): Promise<void> => {
    const napping = new AbortController()
    nap = napping
    const signal = AbortSignal.any([stop.signal, napping.signal])
    await ports.clock.sleep(Math.max(0, milliseconds), signal).catch((error: unknown) => {
      if (!napping.signal.aborted || stop.signal.aborted) throw error
    })
    nap = null
  }

  const change: Drive['change'] = (what) => {
    const record = ports.store.change(id, ports.owner, what)
    if (!record) throw jobError('notFound')
    watch.plan(id, null)
    watch.changed(record)
    return record
  }

  const drive: Drive = {
    id,
    ports,
    queues,
    stop: stop.signal,
    work: AbortSignal.any([stop.signal, cancel.signal]),
    create: create.signal,
    setbacks: noSetbacks(),
    change,
    trouble: (text) => {
      const known = ports.store.get(id)?.trouble ?? null
      if (known?.key === text?.key) return
      change({ patch: { trouble: text }, note: { trouble: text?.key ?? null } })
    },
    progress: (fraction) => watch.progress(id, fraction),
    pause: async (milliseconds) => {
      stop.signal.throwIfAborted()
      if (!called) {
        watch.plan(id, ports.clock.now() + milliseconds)
        await sleep(milliseconds)
      }
      called = false
      watch.plan(id, null)
    },
  }
  const wake = () => {
    called = true
    nap?.abort()
  }
  return { drive, cancel, stop, create, wake, done: Promise.resolve() }
}
