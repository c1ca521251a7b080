import type { Billed, LibraryEntry, LibraryQuery, SpendingTotal } from '../../preload/contract'
import type { EditSpec } from '../edits/edit-spec'

/** A verified result that is to be kept. Times in ms since the epoch. */
export interface FinishedEdit {
  jobId: string
  spec: EditSpec
  model: string
  submittedAt: number
  taskId: string | null
  requestId: string | null
  billed: Billed | null
  /** The downloaded file on the library's disk, already verified; it is moved, not copied. */
  resultPath: string
  /** The clip as it was sent, to compare with; copied or moved into the app's home. */
  sentClipPath: string
}

/** Results on disk, their sidecars, and the index over them. */
export interface Library {
  /** The folder results go to; made when missing. */
  folder: () => string
  list: (query: LibraryQuery) => LibraryEntry[]
  get: (id: string) => LibraryEntry | null
  /** The result's file; null when unknown. */
  pathOf: (id: string) => string | null
  /** Its still, and the clip as it was sent; null when there is none. */
  posterOf: (id: string) => string | null
  beforeOf: (id: string) => string | null
  /** Sidecar (which takes the name), fsync, rename, then the row. Saving the same job twice gives the first entry. */
  save: (edit: FinishedEdit) => Promise<LibraryEntry>
  /** The entry of a job, also one that a crash left without its row; null when there is none. */
  savedFor: (jobId: string) => Promise<LibraryEntry | null>
  copyTo: (id: string, target: string) => Promise<void>
  trash: (ids: readonly string[]) => Promise<void>
  /** What made an entry, for editing again. */
  specOf: (id: string) => EditSpec | null
  /** Rows, then stills, from sidecars that the index does not know; how many were added. Twice at a time is once. */
  rebuild: (signal?: AbortSignal) => Promise<number>
  /** What each provider billed by month, newest first; results in the trash were billed all the same. */
  totals: () => SpendingTotal[]
  onChange: (listener: () => void) => () => void
}
