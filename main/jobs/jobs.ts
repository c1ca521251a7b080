import type { Job, UncertainDecision } from '../../preload/contract'
import type { EditSpec } from '../edits/edit-spec'

/** The life of edits: written before the network is touched, driven in the background, resumed after any crash. */
export interface Jobs {
  /**
   * Writes the job and answers it; the work goes on in the background once started. Throws a `JobError`, with no job
   * made, where the library folder cannot be written.
   */
  submit: (spec: EditSpec) => Job
  list: () => Job[]
  get: (id: string) => Job | null
  cancel: (id: string) => Promise<Job>
  /** A new job with the same edit, at another provider with its own estimate where one is given. */
  retry: (id: string, elsewhere?: Pick<EditSpec, 'provider' | 'estimate'>) => Promise<Job>
  resolve: (id: string, decision: UncertainDecision) => Promise<Job>
  seen: (ids: readonly string[]) => void
  /** Forgets jobs that have ended. */
  remove: (ids: readonly string[]) => void
  /** Begins to drive every unfinished job, also those another process left behind; or `only` one. */
  start: (only?: string) => void
  /** Asks every provider again now, for example after the computer slept. */
  wake?: () => void
  /** Resolves when no job is left that can be driven further. */
  drain: (signal?: AbortSignal) => Promise<void>
  /** Lets go of every job so that another process can take it; nothing is lost. */
  stop: () => Promise<void>
  /** Jobs on their way. */
  active: () => number
  onChange: (listener: (job: Job) => void) => () => void
  onRemove: (listener: (ids: string[]) => void) => () => void
}
