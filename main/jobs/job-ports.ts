import type { ProviderId } from '../../preload/contract'
import type { Clock } from '../clock'
import type { PreparedFiles } from '../edits/prepared-files'
import type { Home } from '../home'
import type { Library } from '../library/library'
import type { Log } from '../log'
import type { MediaTools } from '../media/media-tools'
import type { Provider } from '../providers/provider'
import type { Uploads } from '../uploads/uploads'
import type { Download } from './download'
import type { Owner } from './job-lease'
import type { JobStore } from './job-store'

/** How long things may take, in milliseconds. */
export interface Timing {
  /** Between two signs of life; a lease lasts three of them. */
  heartbeat: number
  /** After a create, before an empty task list is believed. */
  listTrust: number
  /** Before a task list that cannot be had is left to the person. */
  listPatience: number
  /** Without network, before an edit that was not sent yet is given back to the person. */
  offlinePatience: number
  /** That a create in flight is given when the app quits. */
  stopGrace: number
  /** That a person waits for a cancellation. */
  cancelPatience: number
  /** Between two reports of progress of one job. */
  progressInterval: number
  /** First wait after a failed upload, create or download; doubles from there. */
  backoff: number
}

export const defaultTiming: Timing = {
  heartbeat: 10_000,
  listTrust: 120_000,
  listPatience: 10 * 60_000,
  offlinePatience: 60_000,
  stopGrace: 5_000,
  cancelPatience: 60_000,
  progressInterval: 250,
  backoff: 1_000,
}

/** Everything that driving a job touches. */
export interface JobPorts {
  store: JobStore
  providers: { get: (id: ProviderId) => Promise<Provider> }
  uploads: Uploads
  media: Pick<MediaTools, 'inspect' | 'poster'>
  prepare: PreparedFiles['prepare']
  library: Pick<Library, 'folder' | 'save' | 'savedFor'>
  download: Download
  /** Bytes that can still be written to the disk of a folder. */
  freeBytes: (folder: string) => Promise<number>
  clock: Clock
  /** 0..1. */
  random: () => number
  log: Log
  home: Pick<Home, 'sent' | 'posters'>
  owner: Owner
  timing: Timing
}
