import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { facts } from '../../preload/contract'
import type { Database } from '../database/database'
import type { Stamp } from '../files/disk'

/** A file in the database. Bytes, ms since the epoch; higher positions are shown first. */
export interface MediaRow {
  id: string
  path: string
  name: string
  bytes: number | null
  modifiedAt: number | null
  addedAt: number
  position: number
  /** Of the file with these `bytes` and `modifiedAt`; null before its first check. */
  facts: z.infer<typeof facts> | null
  /** Stamp of the tools that measured the facts; '' before the first check. */
  measuredWith: string
  /** Hidden from the list; jobs and drafts may still use it. */
  removed: boolean
}

/** The rows of the catalog, in memory and in the database. */
export interface MediaShelf {
  get: (id: string) => MediaRow | undefined
  /** Whether the file was ever added, also when it was removed since. */
  knows: (file: string) => boolean
  /** Rows that are not removed, in the order of the list. */
  visible: () => MediaRow[]
  /** Puts files at the top of the list, in the given order; a known file keeps its id. */
  place: (paths: readonly string[], now: number) => MediaRow[]
  /** Changes a row in memory; `write` stores it. */
  update: (id: string, patch: Partial<MediaRow>) => MediaRow | undefined
  write: (ids: readonly string[]) => void
}

/** Size and modification time of a file (bytes, ms since the epoch); null for a missing file. */
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
    return { path: file, bytes: null, modifiedAt: null } // missing, or in a folder without access
  }
}

/** Whether the facts are still valid for the file on disk and the current tools. */
export const isCurrent = (row: MediaRow, state: Stamp, stamp: string): boolean =>
  row.facts !== null &&
  // Measure timeouts again.
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
    knows: (file) => byPath.has(file),
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

const storedRow = z
  .object({
    id: z.string(),
    path: z.string(),
    name: z.string(),
    bytes: z.number().nullable(),
    modified_at: z.number().nullable(),
    added_at: z.number(),
    position: z.number(),
    facts_json: z.string().nullable(),
    removed: z.number(),
  })
  .transform(
    (row): MediaRow => ({
      id: row.id,
      path: row.path,
      name: row.name,
      bytes: row.bytes,
      modifiedAt: row.modified_at,
      addedAt: row.added_at,
      position: row.position,
      ...factsFrom(row.facts_json),
      removed: row.removed !== 0,
    }),
  )

const storedFacts = z.object({ facts, with: z.string() })

/** Facts of another version are dropped, so that the file is inspected again. */
const factsFrom = (json: string | null): Pick<MediaRow, 'facts' | 'measuredWith'> => {
  const none = { facts: null, measuredWith: '' }
  if (json === null) return none
  try {
    const { data } = storedFacts.safeParse(JSON.parse(json))
    return data ? { facts: data.facts, measuredWith: data.with } : none
  } catch {
    return none
  }
}

const loadMedia = (database: Database): MediaRow[] =>
  database.rows(
    storedRow,
    'SELECT id, path, name, bytes, modified_at, added_at, position, facts_json, removed FROM media',
  )

const saveMedia = (database: Database, rows: readonly MediaRow[]): void => {
  database.transaction(() => {
    for (const row of rows) database.run(upsert, parametersOf(row))
  })
}

const upsert = `
  INSERT INTO media (id, path, name, bytes, modified_at, added_at, position, facts_json, removed)
  VALUES ($id, $path, $name, $bytes, $modifiedAt, $addedAt, $position, $facts, $removed)
  ON CONFLICT (id) DO UPDATE SET
    path = $path, name = $name, bytes = $bytes, modified_at = $modifiedAt, added_at = $addedAt,
    position = $position, facts_json = $facts, removed = $removed`

const parametersOf = (row: MediaRow) => ({
  $id: row.id,
  $path: row.path,
  $name: row.name,
  $bytes: row.bytes,
  $modifiedAt: row.modifiedAt,
  $addedAt: Math.round(row.addedAt),
  $position: row.position,
  $facts: row.facts ? JSON.stringify({ facts: row.facts, with: row.measuredWith }) : null,
  $removed: row.removed ? 1 : 0,
})
