import { z } from 'zod'
import { facts } from '../../preload/contract'
import type { Database } from '../database/database'

/** One file as it is kept. Bytes, ms since the epoch; higher positions are shown first. */
export interface MediaRow {
  id: string
  path: string
  name: string
  bytes: number | null
  modifiedAt: number | null
  addedAt: number
  position: number
  /** What was measured when the file had these bytes and this time; null before that. */
  facts: z.infer<typeof facts> | null
  /** With what it was measured; '' before that. */
  measuredWith: string
  /** Taken out of the list; jobs and drafts may still name it. */
  removed: boolean
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

/** Facts of another version count as none: the file is looked at again. */
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

export const loadMedia = (database: Database): MediaRow[] =>
  database.rows(
    storedRow,
    'SELECT id, path, name, bytes, modified_at, added_at, position, facts_json, removed FROM media',
  )

export const saveMedia = (database: Database, rows: readonly MediaRow[]): void => {
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
