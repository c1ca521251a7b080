import type {
  Draft,
  DraftCheck,
  Filmstrip,
  Fix,
  MediaItem,
  PreparedFile,
  SceneChanges,
  Selection,
  Waveform,
} from '../../preload/contract'
import type { PictureWork } from '../media/media-tools'
import type { Work } from '../tools/run-tool'
import type { EditSpec } from './edit-spec'

/** The files a person gave to the app, by id: what they are, their verdicts, their stills. Kept across restarts. */
export interface MediaCatalog {
  list: () => MediaItem[]
  get: (id: string) => MediaItem | null
  /** Absolute path; null for an unknown id. */
  pathOf: (id: string) => string | null
  /** Registers at once (state 'checking', with a poster as soon as there is one), checks in the background. Folders are walked. */
  add: (paths: readonly string[]) => Promise<MediaItem[]>
  /** Keeps a pasted image as a file of the app's own. */
  addBytes: (name: string, bytes: Uint8Array) => Promise<MediaItem[]>
  remove: (ids: readonly string[]) => void
  /** Looks at the files again. */
  check: (ids: readonly string[]) => void
  /** Resolves when the item was checked (at most 15 s later). */
  whenChecked: (id: string) => Promise<MediaItem>
  /** Of a video track, counted from 0. With `wait` false: the tiles so far, as soon as there is one. */
  filmstrip: (id: string, track?: number, wait?: boolean) => Promise<Filmstrip>
  waveform: (id: string) => Promise<Waveform>
  scenes: (id: string, track?: number) => Promise<SceneChanges>
  playUrl: (id: string, work: PictureWork) => Promise<{ url: string; proxy: boolean }>
  /** A small copy that can be sought quickly; null for a clip too long to copy. */
  scrubUrl: (id: string, work: PictureWork) => Promise<{ url: string | null }>
  prepare: (id: string, selection: Selection | null, fix: Fix, work: Work) => Promise<PreparedFile>
  onChange: (listener: (item: MediaItem) => void) => () => void
  onRemove: (listener: (ids: string[]) => void) => () => void
}

/** What a person is composing, one draft a clip; written on every change. */
export interface Drafts {
  list: () => Draft[]
  /** The clip's draft, or a fresh one with the defaults of Settings. */
  get: (clipId: string) => Draft
  save: (draft: Draft) => void
  check: (draft: Draft) => DraftCheck
  /** In their order; other work has its turn in between. Rejects as `check` throws. */
  checkMany: (drafts: readonly Draft[]) => Promise<DraftCheck[]>
  /** The draft as an edit to submit; throws an `EditError` that names the first blocker. */
  toSpec: (draft: Draft) => EditSpec
  /** The same settings as a draft, saved; its clip and images join the catalog again when they had left it. */
  fromSpec: (spec: EditSpec) => Promise<Draft>
}
