import { createHash } from 'node:crypto'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Facts, MediaItem, Text } from '../../preload/contract'
import type { Clock } from '../clock'
import type { Database } from '../database/database'
import { throughTemporary } from '../files/temporary-file'
import type { Home } from '../home'
import { createListeners } from '../listeners'
import type { Log } from '../log'
import type { MediaTools } from '../media/media-tools'
import { createChanges } from './changes'
import { EditError } from './edit-error'
import type { MediaCatalog } from './edits'
import { safeFileName } from './file-names'
import { walk } from './file-walk'
import { createMediaChecks } from './media-checks'
import { createMediaInspection } from './media-inspection'
import { createMediaOutlines } from './media-outlines'
import { createMediaPreviews } from './media-previews'
import type { MediaRow } from './media-rows'
import { createMediaShelf } from './media-shelf'
import { mediaUrl } from './media-url'
import { type PictureSource, pictureSource } from './picture-source'
import type { PreparedFiles } from './prepared-files'

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
  /** File behind an address of these kinds; null when there is none. */
  mediaPath: (
    kind: 'clip' | 'poster' | 'filmstrip' | 'proxy' | 'scrub',
    id: string,
  ) => string | null
  /** Stops all work; nothing is told any more. */
  close: () => void
}

export const createMediaCatalog = (options: MediaCatalogOptions): OpenMediaCatalog => {
  const { media, home, log } = options
  const shelf = createMediaShelf(options.database)
  const checks = createMediaChecks(media, log)
  const previews = createMediaPreviews({ media, folders: home })
  const outlines = createMediaOutlines(media, home.filmstrips)
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
      const row = await checked(id)
      return await outlines.waveform(row.path, row.facts)
    },
    scenes: async (id, track = 0) => await outlines.scenes(await pictures(id, track)),
    playUrl: async (id, { track = 0, ...work }) => {
      const source = await pictures(id, track)
      // Of several tracks Chromium plays the first.
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
      outlines.stop()
    },
  }
}

const clipUrl = (row: MediaRow): string => mediaUrl('clip', row.id, row.modifiedAt ?? 0)

/** By content, so that pasting the same picture twice gives the same item. */
const keepPasted = async (folder: string, name: string, bytes: Uint8Array): Promise<string> => {
  const content = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  const file = path.join(folder, content, safeFileName(name))
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  // A process that ended while it wrote leaves a part.
  const kept = await stat(file).catch(() => null)
  if (kept?.size === bytes.length) return file
  await throughTemporary(file, (temporary) => writeFile(temporary, bytes, { mode: 0o600 }))
  return file
}
