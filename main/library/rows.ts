import { z } from 'zod'
import type { LibraryQuery } from '../../preload/contract'
import type { Database } from '../database/database'
import { jsonColumn } from '../database/json-column'
import type { JobSpec } from '../edits/job-spec'
import { type Sidecar, sidecar } from './sidecar'

/** A row of the index: the sidecar, and the path of the result. */
export interface LibraryRow {
  path: string
  made: Sidecar
}

/** The library table. */
export interface LibraryRows {
  list: (query: LibraryQuery) => LibraryRow[]
  get: (id: string) => LibraryRow | null
  ofJob: (jobId: string) => LibraryRow | null
  /** The file of every result. */
  paths: () => string[]
  /** Whether the row is new; a job has one entry at most. */
  add: (row: LibraryRow) => boolean
  remove: (id: string) => void
  /** Differs after entries were added or removed. */
  stamp: () => string
}

const stored = z
  .object({ path: z.string(), json: jsonColumn(sidecar) })
  .transform(({ path, json }): LibraryRow => ({ path, made: json }))

const storedPath = z.object({ path: z.string() })

const stampRow = z.object({ count: z.number(), last: z.number().nullable() })

export const createLibraryRows = (
  database: Database,
  providerName: (id: string) => string,
): LibraryRows => ({
  list: ({ words, providers }) => {
    const wanted = wordsOf(words)
    const conditions = wanted.map((_, index) => `instr(search_text, $word${index}) > 0`)
    if (providers.length > 0)
      conditions.push(`provider IN (${providers.map((_, index) => `$provider${index}`).join()})`)
    const parameters = Object.fromEntries([
      ...wanted.map((word, index) => [`$word${index}`, word]),
      ...providers.map((provider, index) => [`$provider${index}`, provider]),
    ])
    const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''
    return database.rows(
      stored,
      `SELECT path, json FROM library ${where} ORDER BY created_at DESC, rowid DESC`,
      parameters,
    )
  },
  get: (id) => database.row(stored, 'SELECT path, json FROM library WHERE id = $id', { $id: id }),
  ofJob: (jobId) =>
    database.row(stored, 'SELECT path, json FROM library WHERE job_id = $job', { $job: jobId }),
  paths: () => database.rows(storedPath, 'SELECT path FROM library').map(({ path }) => path),
  add: ({ path, made }) =>
    database.run(
      `INSERT OR IGNORE INTO library (id, job_id, path, provider, created_at, search_text, json)
       VALUES ($id, $job, $path, $provider, $created, $search, $json)`,
      {
        $id: made.id,
        $job: made.jobId,
        $path: path,
        $provider: made.provider,
        $created: Date.parse(made.createdAt),
        $search: searchTextOf(made.edit, made.video, providerName(made.provider)),
        $json: JSON.stringify(made),
      },
    ) > 0,
  remove: (id) => {
    database.run('DELETE FROM library WHERE id = $id', { $id: id })
  },
  stamp: () => {
    const row = database.row(stampRow, 'SELECT count(*) AS count, max(rowid) AS last FROM library')
    return `${row?.count}:${row?.last}`
  },
})

/** Makes upper and lower case, full and half width, composed and decomposed accents equal. */
const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

/** The text that a search covers. */
const searchTextOf = (spec: JobSpec, fileName: string, providerName: string): string =>
  fold(
    [
      spec.prompt,
      spec.negativePrompt,
      fileName,
      spec.provider,
      providerName,
      ...spec.files.map(({ name }) => name),
    ].join('\n'),
  )

/** Most words of a search: SQLite allows a thousand conditions, and caches each statement. */
const mostWords = 100

/**
 * The distinct words of a query, folded. Each must occur in the text, also inside a word, because Chinese has no spaces.
 */
const wordsOf = (query: string): string[] =>
  [...new Set(fold(query).split(/\s+/u).filter(Boolean))].slice(0, mostWords)
