import type { ProviderId } from '../../preload/contract'
import type { PreparedFiles } from '../catalog/prepared-files'
import type { Clock } from '../clock'
import type { Home } from '../home'
import type { Library } from '../library/library'
import type { Log } from '../log'
import type { MediaTools } from '../media/media-tools'
import type { Provider } from '../providers/provider'
import type { Uploads } from '../uploads/uploads'
import type { Download } from './download'
import type { Owner } from './lease'
import type { JobStore } from './store'

/** All in milliseconds. */
export interface Timing {
  /** Between two renewals of leases; a lease lasts three of them. */
  heartbeat: number
  /** After a create, until an empty task list proves that no task was created. */
  listTrust: number
  /** After a create, until the person must decide because the task list is not available. */
  listPatience: number
  /** Wait for the answer to a create when the app quits. */
  stopGrace: number
  /** Longest wait for a cancel. */
  cancelPatience: number
  /** Between two progress reports of one job. */
  progressInterval: number
  /** First delay after a failed upload, create or download; doubles each time. */
  backoff: number
}

export const defaultTiming: Timing = {
  heartbeat: 10_000,
  listTrust: 120_000,
  listPatience: 10 * 60_000,
  stopGrace: 5_000,
  cancelPatience: 60_000,
  progressInterval: 250,
  backoff: 1_000,
}

/** Everything outside of this folder that driving a job needs. */
export interface JobPorts {
  store: JobStore
  providers: { get: (id: ProviderId) => Promise<Provider> }
  uploads: Uploads
  media: Pick<MediaTools, 'inspect' | 'poster' | 'decodeError' | 'assertTools'>
  prepare: PreparedFiles['prepare']
  library: Pick<Library, 'makeFolder' | 'save' | 'savedFor'>
  download: Download
  /** Free bytes on the disk of a folder. */
  freeBytes: (folder: string) => Promise<number>
  clock: Clock
  /** A number in 0..1. */
  random: () => number
  log: Log
  home: Pick<Home, 'sent' | 'posters'>
  owner: Owner
  timing: Timing
}
