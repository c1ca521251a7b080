import { z } from 'zod'
import { hasEnded, type JobState, needsAttention } from '../../preload/contract'
import type { Clock } from '../clock'
import type { Database } from '../database/database'
import { jsonColumn } from '../database/json-column'
import { hasCode } from '../files/errno'
import { type Lease, mayClaim, type Owner, ownerName } from './lease'
import { type JobRecord, jobRecord } from './record'
import { canFollow } from './states'

/** Another process now drives this job: this one must stop. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
}

/** A change of state that `transitions` does not allow: a bug. Nothing was written. */
export class IllegalTransitionError extends Error {
  override readonly name = 'IllegalTransitionError'
}

/** Whether the database failed (a full disk, a lock), which is temporary and not a failure of the job. */
export const isSqliteError = (error: unknown): boolean => hasCode(error, 'ERR_SQLITE_ERROR')

/** What may change besides the state. */
export type JobPatch = Partial<
  Omit<JobRecord, 'id' | 'state' | 'revision' | 'createdAt' | 'updatedAt' | 'spec' | 'phases'>
>

export interface JobChange {
  to?: JobState
  patch?: JobPatch
  /** For the event. No secrets, no prompts. */
  note?: Record<string, unknown>
}

export interface JobEvent {
  at: number
  kind: string
  from: string | null
  to: string | null
}

/** The jobs table. Every change is one transaction and adds a row to `job_events`, which is append-only. */
export interface JobStore {
  /** Inserts all records or none. */
  insert: (...records: JobRecord[]) => void
  get: (id: string) => JobRecord | null
  /** Newest first. */
  list: () => JobRecord[]
  /** Jobs that have not ended, newest first. Fast even with thousands of ended jobs. */
  unfinished: () => JobRecord[]
  /**
   * Changes a job. With an `owner`: only while it holds the lease. Null when the job does not exist.
   * Throws `LeaseLostError` or `IllegalTransitionError`.
   */
  change: (id: string, owner: Owner | null, change: JobChange) => JobRecord | null
  /** Gives the owner the lease of a job; false when another process holds it. */
  claim: (id: string, owner: Owner) => boolean
  /** Extends all leases of the owner. */
  renew: (owner: Owner) => void
  release: (id: string, owner: Owner) => void
  /** The revision of each job by id, to find the changes of other processes without reading every job. */
  revisions: () => Map<string, number>
  /** Deletes ended jobs with their events; gives the deleted jobs. The ids of their tasks stay. */
  remove: (ids: readonly string[]) => JobRecord[]
  events: (id: string) => JobEvent[]
  /** The ids of all tasks of this home's jobs, deleted jobs included. */
  taskIds: () => Set<string>
}

export interface JobStoreOptions {
  database: Database
  clock: Clock
  isAlive: (pid: number) => boolean
  /** Milliseconds that a lease lasts, and how much longer while a create is in flight. */
  lease: number
  submittingGrace: number
}

const storedJob = z.object({
  state: jobRecord.shape.state,
  json: jsonColumn(jobRecord),
})
const storedLease = z.object({
  state: jobRecord.shape.state,
  owner: z.string().nullable(),
  owner_pid: z.number().nullable(),
  lease_until: z.number().nullable(),
})
const storedTask = z.object({ task: z.string() })
const storedRevision = z.object({ id: z.string(), revision: z.number() })
const storedEvent = z
  .object({
    at: z.number(),
    kind: z.string(),
    from_state: z.string().nullable(),
    to_state: z.string().nullable(),
  })
  .transform(({ at, kind, from_state, to_state }) => ({ at, kind, from: from_state, to: to_state }))

export const createJobStore = (options: JobStoreOptions): JobStore => {
  const { database, clock, isAlive } = options

  const get = (id: string) =>
    database.row(storedJob, 'SELECT state, json FROM jobs WHERE id = $id', { $id: id })?.json ??
    null

  const leaseOf = (id: string) => {
    const row = database.row(
      storedLease,
      'SELECT state, owner, owner_pid, lease_until FROM jobs WHERE id = $id',
      { $id: id },
    )
    if (!row) return null
    const lease: Lease | null =
      row.owner === null
        ? null
        : { owner: row.owner, pid: row.owner_pid ?? 0, until: row.lease_until ?? 0 }
    return { state: row.state, lease }
  }

  const writeEvent = (
    id: string,
    kind: string,
    from: JobState | null,
    to: JobState | null,
    note: unknown,
  ) =>
    database.run(
      `INSERT INTO job_events (job_id, at, kind, from_state, to_state, detail_json)
       VALUES ($id, $at, $kind, $from, $to, $detail)`,
      {
        $id: id,
        $at: clock.now(),
        $kind: kind,
        $from: from,
        $to: to,
        $detail: JSON.stringify(note ?? {}),
      },
    )

  const columnsOf = (record: JobRecord) => ({
    $id: record.id,
    $state: record.state,
    $task: record.taskId,
    $updated: record.updatedAt,
    $json: JSON.stringify(record),
  })

  return {
    get,
    insert: (...records) =>
      database.transaction(() => {
        for (const record of records) {
          database.run(
            `INSERT INTO jobs (id, set_id, state, provider, task_id, created_at, updated_at, json)
             VALUES ($id, $set, $state, $provider, $task, $created, $updated, $json)`,
            {
              ...columnsOf(record),
              $set: record.setId,
              $provider: record.provider,
              $created: record.createdAt,
            },
          )
          writeEvent(record.id, 'created', null, record.state, {})
        }
      }),
    list: () =>
      database
        .rows(storedJob, 'SELECT state, json FROM jobs ORDER BY created_at DESC, rowid DESC')
        .map((row) => row.json),
    unfinished: () =>
      database
        .rows(
          storedJob,
          `SELECT state, json FROM jobs WHERE state NOT IN ('saved', 'failed', 'cancelled', 'expired')
           ORDER BY created_at DESC, rowid DESC`,
        )
        .map((row) => row.json),
    revisions: () => {
      const rows = database.rows(
        storedRevision,
        `SELECT id, json_extract(json, '$.revision') AS revision FROM jobs WHERE json_valid(json)`,
      )
      return new Map(rows.map(({ id, revision }) => [id, revision]))
    },
    change: (id, owner, change) =>
      database.transaction(() => {
        const row = leaseOf(id)
        const record = get(id)
        if (!row || !record) return null
        if (owner && row.lease?.owner !== ownerName(owner)) throw new LeaseLostError(id)
        const next = changed(record, change, clock.now())
        database.run(
          `UPDATE jobs SET state = $state, task_id = $task, updated_at = $updated, json = $json
           WHERE id = $id`,
          columnsOf(next),
        )
        const moved = next.state !== record.state
        writeEvent(id, moved ? 'state' : 'note', record.state, next.state, change.note)
        return next
      }),
    claim: (id, owner) =>
      database.transaction(() => {
        const row = leaseOf(id)
        if (!row) return false
        const { submittingGrace } = options
        const now = clock.now()
        if (!mayClaim({ ...row, me: owner, now, isAlive, submittingGrace })) return false
        database.run(
          'UPDATE jobs SET owner = $owner, owner_pid = $pid, lease_until = $until WHERE id = $id',
          { $id: id, $owner: ownerName(owner), $pid: owner.pid, $until: now + options.lease },
        )
        return true
      }),
    renew: (owner) => {
      database.run('UPDATE jobs SET lease_until = $until WHERE owner = $owner', {
        $owner: ownerName(owner),
        $until: clock.now() + options.lease,
      })
    },
    release: (id, owner) => {
      database.run(
        `UPDATE jobs SET owner = NULL, owner_pid = NULL, lease_until = NULL
         WHERE id = $id AND owner = $owner`,
        { $id: id, $owner: ownerName(owner) },
      )
    },
    remove: (ids) =>
      database.transaction(() =>
        ids.flatMap((id) => {
          const record = get(id)
          if (!record || !(hasEnded(record.state) || needsAttention(record))) return []
          database.run('DELETE FROM jobs WHERE id = $id', { $id: id })
          database.run("DELETE FROM job_events WHERE job_id = $id AND to_state IS NOT 'pending'", {
            $id: id,
          })
          return [record]
        }),
      ),
    taskIds: () => {
      const rows = database.rows(
        storedTask,
        `SELECT json_extract(detail_json, '$.taskId') AS task FROM job_events
         WHERE to_state = 'pending' AND task IS NOT NULL`,
      )
      return new Set(rows.map(({ task }) => task))
    },
    events: (id) =>
      database.rows(
        storedEvent,
        'SELECT at, kind, from_state, to_state FROM job_events WHERE job_id = $id ORDER BY id',
        { $id: id },
      ),
  }
}

/** The record after a change. A new state ends the last phase and its trouble. */
const changed = (record: JobRecord, { to, patch }: JobChange, now: number): JobRecord => {
  const moves = to !== undefined && to !== record.state
  const trouble = moves ? null : record.trouble
  const next = { ...record, trouble, ...patch, revision: record.revision + 1, updatedAt: now }
  if (!moves) return next
  if (!canFollow(record.state, to))
    throw new IllegalTransitionError(`${record.id}: ${record.state} → ${to}`)
  const phases = record.phases.map((phase) =>
    phase.endedAt === null ? { ...phase, endedAt: now } : phase,
  )
  phases.push({ state: to, startedAt: now, endedAt: null })
  return { ...next, state: to, phases }
}
