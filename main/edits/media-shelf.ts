import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import path from 'node:path'
import type { Database } from '../database/database'
import type { Stamp } from '../files/disk'
import { loadMedia, type MediaRow, saveMedia } from './media-rows'

/** The rows of the catalog in memory, and their way to the database. */
export interface MediaShelf {
  get: (id: string) => MediaRow | undefined
  /** Those a person sees, first one first. */
  visible: () => MediaRow[]
  /** Rows for these files on top of the list, in the order given; a known file keeps its id. */
  place: (paths: readonly string[], now: number) => MediaRow[]
  /** Changes a row in memory; `write` puts it on disk. */
  update: (id: string, patch: Partial<MediaRow>) => MediaRow | undefined
  write: (ids: readonly string[]) => void
}

/** A file as the disk has it now: bytes, ms since the epoch; null for both when there is none. */
export interface FileState {
  path: string
  bytes: number | null
  modifiedAt: number | null
}

export const stateOf = (file: string): FileState => {
  try {
    const { size, mtimeMs } = statSync(file)
    return { path: file, bytes: size, modifiedAt: mtimeMs }
  } catch {
    return { path: file, bytes: null, modifiedAt: null } // gone, or in a folder that may not be entered
  }
}

/** Whether what was measured still holds for the file on disk and for the tools of today. */
export const isCurrent = (row: MediaRow, state: Stamp, stamp: string): boolean =>
  row.facts !== null &&
  // Today the disk may be faster.
  !(row.facts.kind === 'other' && row.facts.unreadable === 'timeout') &&
  row.bytes === state.bytes &&
  row.modifiedAt === state.modifiedAt &&
  row.measuredWith === stamp

export const createMediaShelf = (database: Database): MediaShelf => {
  const rows = new Map(loadMedia(database).map((row) => [row.id, row]))
  const byPath = new Map([...rows.values()].map((row) => [row.path, row.id]))

  const rowFor = (file: string, position: number, now: number): MediaRow => {
    const known = rows.get(byPath.get(file) ?? '')
    if (known)
      return { ...known, position, removed: false, addedAt: known.removed ? now : known.addedAt }
    return {
      id: randomUUID(),
      path: file,
      name: path.basename(file),
      bytes: null,
      modifiedAt: null,
      addedAt: now,
      position,
      facts: null,
      measuredWith: '',
      removed: false,
    }
  }

  const write = (ids: readonly string[]) =>
    saveMedia(
      database,
      ids.flatMap((id) => rows.get(id) ?? []),
    )

  return {
    get: (id) => rows.get(id),
    visible: () =>
      [...rows.values()].filter((row) => !row.removed).sort((a, b) => b.position - a.position),
    place: (paths, now) => {
      const top = [...rows.values()].reduce((most, row) => Math.max(most, row.position), 0)
      const placed = paths.map((file, index) => rowFor(file, top + paths.length - index, now))
      for (const row of placed) {
        rows.set(row.id, row)
        byPath.set(row.path, row.id)
      }
      write(placed.map((row) => row.id))
      return placed
    },
    update: (id, patch) => {
      const row = rows.get(id)
      if (!row) return undefined
      const next = { ...row, ...patch }
      rows.set(id, next)
      return next
    },
    write,
  }
}
