import type PQueue from 'p-queue'
import type { ProviderId, Text } from '../../preload/contract'
import type { JobPorts } from './job-ports'
import type { JobRecord } from './job-record'
import type { JobChange } from './job-store'
import type { Setbacks } from './setbacks'
import type { WaitingLine } from './waiting-line'

/** What a phase works with: one job that this process drives. */
export interface Drive {
  id: string
  ports: JobPorts
  queues: Queues
  /** Fires when this process lets go of the job: reads end at once. */
  stop: AbortSignal
  /** Fires when it lets go or a person cancels: for work that may simply end. */
  work: AbortSignal
  /** Fires some time after `stop`: an answer to a create is worth waiting for. */
  create: AbortSignal
  setbacks: Setbacks
  /** Writes a change; throws `LeaseLostError` when another process drives the job now. */
  change: (change: JobChange) => JobRecord
  /** Says why the job waits although it should go on; null when it goes on. Written down only when it is news. */
  trouble: (text: Text | null) => void
  /** Fraction 0..1 of the phase; null when it cannot be told. */
  progress: (fraction: number | null) => void
  /** Tells when the provider is asked next and waits; ends early when woken, rejects when stopped. */
  pause: (milliseconds: number) => Promise<void>
}

/** Runs one state of a job: returns when the state has changed, or when it wants to be called again. */
export type Phase = (job: JobRecord, drive: Drive) => Promise<void>

/** Work that must take turns. */
export interface Queues {
  prepare: PQueue
  upload: (provider: ProviderId) => PQueue
  create: (provider: ProviderId) => PQueue
  /** Those that wait for their turn in `create`. */
  line: (provider: ProviderId) => WaitingLine
  download: PQueue
}
