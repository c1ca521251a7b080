import { existsSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import path from 'node:path'
import {
  type Billed,
  type FailureAction,
  type LibraryEntry,
  type LibraryQuery,
  modeData,
  type SpendingTotal,
  type Text,
} from '../../preload/contract'
import { mediaUrl } from '../catalog/media-url'
import type { Clock } from '../clock'
import type { Database } from '../database/database'
import { type JobSpec, nameOf } from '../edits/job-spec'
import { copyAtomically, moveDurably } from '../files/atomic'
import { codeOf } from '../files/errno'
import { makeFolder } from '../files/make-folder'
import { type Home, resultPoster, sentClip } from '../home'
import { createListeners } from '../listeners'
import type { Log } from '../log'
import type { MediaTools } from '../media/media-tools'
import { resultName } from './file-name'
import { createLibraryRows, type LibraryRow } from './rows'
import {
  type FoundSidecar,
  findSidecars,
  reserveName,
  type Sidecar,
  sidecarSuffix,
} from './sidecar'
import { spendingTotals } from './spending'

/** A verified result to save. Times in ms since the epoch. */
export interface FinishedEdit {
  jobId: string
  setId: string
  spec: JobSpec
  model: string
  submittedAt: number
  taskId: string | null
  requestId: string | null
  billed: Billed | null
  /** The verified download, on the library's disk; it is moved, not copied. */
  resultPath: string
  /** The sent clip, to compare; copied into the home. Null if no clip was sent. */
  sentClipPath: string | null
}

/** The results on disk with their sidecars, and an index of them in the database. */
export interface Library {
  /** The folder for results. */
  folder: () => string
  /** The same, made if it is missing and the app's own. Throws system errors. */
  makeFolder: () => string
  list: (query: LibraryQuery) => LibraryEntry[]
  get: (id: string) => LibraryEntry | null
  /** The result's file; null for an unknown id. */
  pathOf: (id: string) => string | null
  /** The still of a result; null when there is none. */
  posterOf: (id: string) => string | null
  /** The sent clip; null when there is none. */
  beforeOf: (id: string) => string | null
  /** Writes the sidecar, moves the result, adds the row. Saving a job twice gives the first entry. */
  save: (edit: FinishedEdit) => Promise<LibraryEntry>
  /** The entry of a job, even if a crash left it without its row; null when there is none. */
  savedFor: (jobId: string) => Promise<LibraryEntry | null>
  copyTo: (id: string, target: string) => Promise<void>
  trash: (ids: readonly string[]) => Promise<void>
  /** The request of an entry, to edit it again. */
  specOf: (id: string) => JobSpec | null
  /** Adds results whose sidecars are not in the index; gives their number. Calls at the same time share the work. */
  rebuild: (signal?: AbortSignal) => Promise<number>
  /** What each provider billed by month, newest first, with deleted results. */
  totals: () => SpendingTotal[]
  onChange: (listener: () => void) => () => void
}

export interface LibraryOptions {
  database: Database
  /** The current folder for results, from Settings. */
  folder: () => string
  /**
   * Whether the app chose that folder. A person's folder is not made: it may be on a drive that is away, and results
   * would land in its place.
   */
  isOwn: () => boolean
  home: Pick<Home, 'posters' | 'sent'>
  media: Pick<MediaTools, 'inspect' | 'poster'>
  /** Moves a file to the system's trash. */
  trash: (file: string) => Promise<void>
  providerName: (id: string) => string
  /** URL of the still of a file in the catalog. */
  posterUrl: (mediaId: string) => string | null
  clock: Clock
  newId: () => string
  log: Log
}

/** A request about a result that cannot be carried out; `text` is shown to the person. */
export class LibraryError extends Error {
  override readonly name = 'LibraryError'
  constructor(
    readonly text: Text,
    readonly action: FailureAction = 'none',
    options?: ErrorOptions,
  ) {
    super(text.key, options)
  }
}

/** Results that are added to the index in one commit, which takes some milliseconds. */
const atATime = 50

export const createLibrary = (options: LibraryOptions): Library => {
  const { database, home, media, clock, log } = options
  const rows = createLibraryRows(database, options.providerName)
  const { subscribe, emit: changed } = createListeners<void>(log)

  const { folder } = options
  const makeOwnFolder = (): string => {
    if (options.isOwn()) makeFolder(folder())
    return folder()
  }
  const posterPath = (id: string) => resultPoster(home, id)
  const sentPath = (jobId: string) => sentClip(home, jobId)
  /** Whether the sent clip shows the same moments as the result; one that was continued does not. */
  const comparable = ({ mode }: Sidecar) => modeData(mode).length === 'clip'
  const present = (file: string) => (existsSync(file) ? file : null)
  const rowOf = (id: string): LibraryRow => {
    const row = rows.get(id)
    if (!row) throw new LibraryError({ key: 'result.notFound', values: {} })
    return row
  }

  const entryOf = ({ path: file, made }: LibraryRow): LibraryEntry => {
    const { edit, video: _video, format: _format, version: _version, ...said } = made
    const createdAt = Date.parse(made.createdAt)
    const has = {
      poster: existsSync(posterPath(made.id)),
      before: comparable(made) && existsSync(sentPath(made.jobId)),
    }
    return {
      ...said,
      createdAt,
      submittedAt: Date.parse(made.submittedAt),
      fileName: path.basename(file),
      files: edit.files.map(({ role, name, mediaId, selection, fix, of }) => ({
        role,
        name,
        mediaId,
        posterUrl: mediaId === null ? null : options.posterUrl(mediaId),
        selection,
        fix,
        ...(of === undefined ? {} : { of }),
      })),
      urls: {
        video: mediaUrl('result', made.id, createdAt),
        poster: has.poster ? mediaUrl('result-poster', made.id, createdAt) : null,
        before: has.before ? mediaUrl('before', made.id, createdAt) : null,
      },
      missing: !existsSync(file),
    }
  }

  const add = async (found: FoundSidecar): Promise<LibraryEntry> => {
    const row = { path: found.video, made: found.made }
    await makePoster({ id: found.made.id, video: found.video })
    if (rows.add(row)) changed()
    return entryOf(rows.ofJob(found.made.jobId) ?? row)
  }

  const makePoster = async (
    { id, video }: { id: string; video: string },
    work: { signal?: AbortSignal } = {},
  ): Promise<void> => {
    try {
      const facts = await media.inspect(video, work)
      await media.poster(video, facts, posterPath(id), work)
    } catch (error) {
      if (work.signal?.aborted) return
      log.warn('No still of a result', { id, error }) // the grid shows the video instead
    }
  }

  const savedFor = async (jobId: string): Promise<LibraryEntry | null> => {
    const row = rows.ofJob(jobId)
    if (row) return entryOf(row)
    for await (const found of findSidecars(folder(), new Set(rows.paths()))) {
      if (found.made.jobId !== jobId) continue
      if (existsSync(found.video)) return await add(found)
      await rm(found.file, { force: true }) // the process ended before it moved the result
    }
    return null
  }

  const save = async (edit: FinishedEdit): Promise<LibraryEntry> => {
    const before = await savedFor(edit.jobId)
    if (before) return before
    const made = await sidecarOf(edit, options)
    const base = resultName({
      createdAt: clock.now(),
      prompt: edit.spec.prompt,
      name: nameOf(edit.spec),
    })
    const found = await reserveName(makeOwnFolder(), base, made)
    try {
      await moveDurably(edit.resultPath, found.video)
    } catch (error) {
      await rm(found.file, { force: true })
      throw error
    }
    await keepSent(edit)
    return await add(found)
  }

  /** Keeps the sent clip. An error is only logged, because the result is already saved. */
  const keepSent = async ({ jobId, sentClipPath }: FinishedEdit): Promise<void> => {
    const kept = sentPath(jobId)
    if (sentClipPath === null || sentClipPath === kept || !existsSync(sentClipPath)) return
    await copyAtomically(sentClipPath, kept).catch((error: unknown) =>
      log.warn('The sent clip could not be kept', { job: jobId, error }),
    )
  }

  /** Adds all rows before it makes stills, which are slow. */
  const rebuild = async (signal?: AbortSignal): Promise<number> => {
    const added: { id: string; video: string }[] = []
    const some: FoundSidecar[] = []
    // Together, because each commit waits for the disk and for nothing else.
    const addSome = (): void =>
      database.transaction(() => {
        for (const { video, made } of some.splice(0))
          if (existsSync(video) && !rows.get(made.id) && rows.add({ path: video, made }))
            added.push({ id: made.id, video })
      })
    for await (const found of findSidecars(folder(), new Set(rows.paths()))) {
      if (signal?.aborted) return 0
      some.push(found)
      if (some.length === atATime) addSome()
    }
    addSome()
    if (added.length > 0) changed()
    const withoutStill = added.filter(({ id }) => !existsSync(posterPath(id)))
    for (const each of withoutStill) {
      if (signal?.aborted) return added.length
      await makePoster(each, signal ? { signal } : {})
    }
    if (withoutStill.length > 0) changed()
    return added.length
  }
  let rebuilding: Promise<number> | null = null

  const trashOne = async (id: string): Promise<void> => {
    const { path: file, made } = rowOf(id)
    const sidecarFile = file.replace(/\.mp4$/i, sidecarSuffix)
    if (existsSync(file)) {
      try {
        await options.trash(file)
      } catch (error) {
        const text = { key: 'result.trashFailed', values: { name: path.basename(file) } }
        throw new LibraryError(text, 'none', { cause: error })
      }
    }
    if (existsSync(sidecarFile))
      await options.trash(sidecarFile).catch((error: unknown) => {
        log.warn('A sidecar could not be moved to the trash', { id, error }) // ignored by `rebuild` without its result
      })
    rows.remove(id)
    for (const own of [posterPath(id), sentPath(made.jobId)]) await rm(own, { force: true })
  }

  return {
    folder,
    makeFolder: makeOwnFolder,
    list: (query) => rows.list(query).map(entryOf),
    get: (id) => {
      const row = rows.get(id)
      return row && entryOf(row)
    },
    pathOf: (id) => rows.get(id)?.path ?? null,
    posterOf: (id) => (rows.get(id) ? present(posterPath(id)) : null),
    beforeOf: (id) => {
      const row = rows.get(id)
      return row && comparable(row.made) ? present(sentPath(row.made.jobId)) : null
    },
    save,
    savedFor,
    copyTo: async (id, target) => {
      const { path: file } = rowOf(id)
      const name = path.basename(file)
      if (!existsSync(file)) throw new LibraryError({ key: 'result.missing', values: { name } })
      if (path.resolve(target) === path.resolve(file)) return
      try {
        await copyAtomically(file, target)
      } catch (error) {
        const values = { name, folder: path.dirname(target), code: codeOf(error) ?? 'unknown' }
        const full = codeOf(error) === 'ENOSPC'
        const text = { key: 'result.copyFailed', values }
        throw new LibraryError(text, full ? 'free-space' : 'choose-folder', { cause: error })
      }
    },
    trash: async (ids) => {
      try {
        for (const id of ids) await trashOne(id)
      } finally {
        changed()
      }
    },
    specOf: (id) => rows.get(id)?.made.edit ?? null,
    rebuild: async (signal) => {
      rebuilding ??= rebuild(signal).finally(() => {
        rebuilding = null
      })
      return await rebuilding
    },
    totals: () => spendingTotals(database),
    onChange: (listener) => {
      const unsubscribe = subscribe(listener)
      let seen = rows.stamp()
      const stop = database.watchOtherWriters(() => {
        const stamp = rows.stamp()
        if (stamp !== seen) listener()
        seen = stamp
      })
      return () => {
        stop()
        unsubscribe()
      }
    },
  }
}

const sidecarOf = async (
  edit: FinishedEdit,
  { media, clock, newId }: LibraryOptions,
): Promise<Omit<Sidecar, 'video'>> => {
  const { spec } = edit
  const facts = await media.inspect(edit.resultPath)
  const { size } = await stat(edit.resultPath)
  const clip = facts.kind === 'video' ? facts : null
  return {
    format: 'reshoot.result',
    version: 2,
    id: newId(),
    jobId: edit.jobId,
    setId: edit.setId,
    mode: spec.mode,
    createdAt: new Date(clock.now()).toISOString(),
    submittedAt: new Date(edit.submittedAt).toISOString(),
    provider: spec.provider,
    model: edit.model,
    taskId: edit.taskId,
    requestId: edit.requestId,
    prompt: spec.prompt,
    negativePrompt: spec.negativePrompt,
    files: spec.files.map(({ role, name, selection, of }) => ({
      role,
      name,
      selection,
      ...(of === undefined ? {} : { of }),
    })),
    options: spec.options,
    billed: edit.billed,
    duration: clip?.duration ?? 0,
    width: clip?.width ?? 0,
    height: clip?.height ?? 0,
    bytes: size,
    edit: spec,
  }
}
