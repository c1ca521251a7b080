import type { Job, UncertainDecision } from '../../../preload/contract'

/** All that a row of the queue can ask for. */
export interface QueueActions {
  cancel: (job: Job) => void
  /** The same edit as a new job; the old one has been dealt with. */
  retry: (job: Job) => void
  resolve: (job: Job, decision: UncertainDecision) => void
  /** Takes a job that has ended off the queue. */
  remove: (jobs: readonly Job[]) => void
  /** Its result in the library. */
  show: (job: Job) => void
  /** Its clip in Edit, with what was typed. */
  edit: (job: Job) => void
  settings: (section: 'providers' | 'storage' | 'library') => void
  /** A page of the provider's, in the browser. */
  open: (url: string) => void
  /** Asks the other region about the key; the edit is sent there if the key is its. */
  tryRegion: (job: Job) => void
  copy: (text: string) => void
}
