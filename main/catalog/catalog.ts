import { createHash } from 'node:crypto'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type {
  Facts,
  Filmstrip,
  Fix,
  MediaItem,
  PreparedFile,
  SceneChanges,
  Selection,
  Text,
  Waveform,
} from '../../preload/contract'
import type { Clock } from '../clock'
import type { Database } from '../database/database'
import { throughTemporary } from '../files/temporary-file'
import type { Home } from '../home'
import { createListeners } from '../listeners'
import type { Log } from '../log'
import type { MediaTools, PictureWork } from '../media/media-tools'
import type { Work } from '../tools/run-tool'
import { createMediaChecks } from './checks'
import { EditError } from './edit-error'
import { safeFileName } from './file-names'
import { walk } from './file-walk'
import { createMediaInspection } from './inspection'
import { mediaUrl } from './media-url'
import type { PreparedFiles } from './prepared-files'
import { createMediaPreviews, type PictureSource, pictureSource } from './previews'
import { createMediaShelf, type MediaRow } from './shelf'

/** The files that the person added, by id, with their facts, reports and stills. Kept across restarts. */
export interface MediaCatalog {
  list: () => MediaItem[]
  get: (id: string) => MediaItem | null
  /** Absolute path; null for an unknown id. */
  pathOf: (id: string) => string | null
  /** Whether the person ever added this file. */
  knows: (path: string) => boolean
  /** Adds files, and the files in folders, at once in state 'checking'; checks them in the background. */
  add: (paths: readonly string[]) => Promise<MediaItem[]>
  /** Adds a pasted image, which is stored in the home. */
  addBytes: (name: string, bytes: Uint8Array) => Promise<MediaItem[]>
  remove: (ids: readonly string[]) => void
  /** Checks the files again. */
  check: (ids: readonly string[]) => void
  /** Resolves when the item is checked (at most 15 s later). */
  whenChecked: (id: string) => Promise<MediaItem>
  /** Of a video track, counted from 0. With `wait` false: the tiles made so far, as soon as there is one. */
  filmstrip: (id: string, track?: number, wait?: boolean) => Promise<Filmstrip>
  waveform: (id: string) => Promise<Waveform>
  scenes: (id: string, track?: number) => Promise<SceneChanges>
  playUrl: (id: string, work: PictureWork) => Promise<{ url: string; proxy: boolean }>
  /** URL of a small copy that can be sought quickly; null for a clip too long to copy. */
  scrubUrl: (id: string, work: PictureWork) => Promise<{ url: string | null }>
  prepare: (id: string, selection: Selection | null, fix: Fix, work: Work) => Promise<PreparedFile>
  onChange: (listener: (item: MediaItem) => void) => () => void
  onRemove: (listener: (ids: string[]) => void) => () => void
}

export interface MediaCatalogOptions {
  database: Database
  media: MediaTools
  home: Pick<Home, 'posters' | 'filmstrips' | 'proxies' | 'pasted'>
  prepared: PreparedFiles
  clock: Pick<Clock, 'now'>
  log: Log
  notice: (text: Text) => void
}

export interface OpenMediaCatalog extends MediaCatalog {
  /** File of a URL of these kinds; null when there is none. */
  mediaPath: (
    kind: 'clip' | 'poster' | 'filmstrip' | 'proxy' | 'scrub',
    id: string,
  ) => string | null
  /** Stops all work; changes are no longer reported. */
  close: () => void
}

export const createMediaCatalog = (options: MediaCatalogOptions): OpenMediaCatalog => {
  const { media, home, log } = options
  const shelf = createMediaShelf(options.database)
  const checks = createMediaChecks(media, log)
  const previews = createMediaPreviews({ media, folders: home })
  const changeListeners = createListeners<MediaItem>(log)
  const removeListeners = createListeners<string[]>(log)

  const changes = createChanges((ids) => {
    shelf.write(ids)
    for (const id of ids) {
      const row = shelf.get(id)
      if (row && !row.removed) changeListeners.emit(inspection.itemOf(row))
    }
  })
  const inspection = createMediaInspection({
    shelf,
    checks,
    media,
    home,
    onChange: changes.mark,
    log,
  })

  const known = (id: string): MediaRow => {
    const row = shelf.get(id)
    if (!row) throw new EditError({ key: 'edits.unknown_file', values: {} })
    return row
  }

  const checked = async (id: string): Promise<MediaRow & { facts: Facts }> => {
    await inspection.check(id, false)
    const row = known(id)
    if (inspection.isGone(id) || !row.facts)
      throw new EditError({ key: 'edits.file_gone', values: { name: row.name } }, 'fix-file')
    return { ...row, facts: row.facts }
  }

  const pictures = async (id: string, track: number): Promise<PictureSource> => {
    const { path: file, facts } = await checked(id)
    return pictureSource(id, file, facts, track)
  }

  const add = async (paths: readonly string[]): Promise<MediaItem[]> => {
    const { files, cut } = await walk(paths)
    if (cut) options.notice({ key: 'notice.too_many_files', values: { count: files.length } })
    const placed = shelf.place(files, options.clock.now())
    for (const row of placed) void inspection.check(row.id, false)
    return placed.map(inspection.itemOf)
  }

  for (const row of shelf.visible()) void inspection.check(row.id, false)

  return {
    list: () => shelf.visible().map(inspection.itemOf),
    get: (id) => {
      const row = shelf.get(id)
      return row ? inspection.itemOf(row) : null
    },
    pathOf: (id) => shelf.get(id)?.path ?? null,
    knows: shelf.knows,
    add,
    addBytes: async (name, bytes) => await add([await keepPasted(home.pasted, name, bytes)]),
    remove: (ids) => {
      const removed = ids.filter((id) => shelf.update(id, { removed: true }))
      shelf.write(removed)
      if (removed.length > 0) removeListeners.emit(removed)
    },
    check: (ids) => {
      for (const id of ids) void inspection.check(id, true)
    },
    whenChecked: async (id) => {
      await inspection.check(id, false)
      return inspection.itemOf(known(id))
    },
    filmstrip: async (id, track = 0, wait = true) =>
      await previews.filmstrip(await pictures(id, track), wait),
    waveform: async (id) => {
      const { path: file, facts } = await checked(id)
      return await previews.waveform({ file, facts })
    },
    scenes: async (id, track = 0) => await previews.scenes(await pictures(id, track)),
    playUrl: async (id, { track = 0, ...work }) => {
      const source = await pictures(id, track)
      // Chromium plays only the first track.
      if (source.track === 0 && media.playable(source.facts))
        return { url: clipUrl(known(id)), proxy: false }
      return { url: await previews.proxy(source, work), proxy: true }
    },
    scrubUrl: async (id, { track = 0, ...work }) => ({
      url: await previews.scrubCopy(await pictures(id, track), work),
    }),
    prepare: async (id, selection, fix, work) => {
      const row = await checked(id)
      const made = await options.prepared.prepare(row.path, row.facts, selection, fix, work)
      return {
        url: made.id ? mediaUrl('prepared', made.id, 1) : clipUrl(row),
        bytes: made.facts.bytes ?? 0,
        facts: made.facts,
        report: made.report,
        command: made.command,
      }
    },
    onChange: changeListeners.subscribe,
    onRemove: removeListeners.subscribe,
    mediaPath: (kind, id) => {
      if (kind === 'clip') return shelf.get(id)?.path ?? null
      if (kind === 'poster') return inspection.posterOf(id)
      return previews.pathOf(kind, id)
    },
    close: () => {
      inspection.close()
      changes.close()
      checks.close()
      previews.stop()
    },
  }
}

const clipUrl = (row: MediaRow): string => mediaUrl('clip', row.id, row.modifiedAt ?? 0)

/** Stored by content, so that pasting the same image twice gives the same item. */
const keepPasted = async (folder: string, name: string, bytes: Uint8Array): Promise<string> => {
  const content = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  const file = path.join(folder, content, safeFileName(name))
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  // A shorter file was left by a process that ended while it wrote.
  const kept = await stat(file).catch(() => null)
  if (kept?.size === bytes.length) return file
  await throughTemporary(file, (temporary) => writeFile(temporary, bytes, { mode: 0o600 }))
  return file
}

/** Milliseconds between two reports of changes: shorter than a person notices. */
const reportInterval = 40

/** Collects the ids of changed files and reports them together, so that hundreds of files do not mean thousands of messages. */
const createChanges = (onChange: (ids: string[]) => void) => {
  const marked = new Set<string>()
  let timer: NodeJS.Timeout | null = null
  let closed = false

  const flush = (): void => {
    if (timer) clearTimeout(timer)
    timer = null
    const ids = [...marked]
    marked.clear()
    if (ids.length > 0) onChange(ids)
  }

  return {
    mark: (id: string) => {
      if (closed) return
      marked.add(id)
      timer ??= setTimeout(flush, reportInterval)
    },
    /** Reports what was collected; later changes are dropped. */
    close: () => {
      flush()
      closed = true
    },
  }
}
