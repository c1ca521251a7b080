import { z } from 'zod'
import type { JobState } from '../../preload/contract'
import type { Clock } from '../clock'
import type { Database } from '../database/database'
import { jsonColumn } from '../database/json-column'
import { hasCode } from '../files/errno'
import { type Lease, mayTake, type Owner, ownerName } from './job-lease'
import { type JobRecord, jobRecord } from './job-record'
import { hasEnded, mayGo } from './job-states'

/** Another process drives this job now: whoever gets this must let go of it. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
}

/** A change of state that the table does not allow: a mistake of ours, found before it was written. */
export class IllegalTransitionError extends Error {
  override readonly name = 'IllegalTransitionError'
}

/** The disk is full, or another program holds the file: it passes, and says nothing about the job. */
export const isSqliteError = (error: unknown): boolean => hasCode(error, 'ERR_SQLITE_ERROR')

/** What may be changed beside the state. */
export type JobPatch = Partial<
  Omit<JobRecord, 'id' | 'state' | 'revision' | 'createdAt' | 'updatedAt' | 'spec' | 'phases'>
>

export interface JobChange {
  to?: JobState
  patch?: JobPatch
  /** For the event; never a secret, never a prompt. */
  note?: Record<string, unknown>
}

export interface JobEvent {
  at: number
  kind: string
  from: string | null
  to: string | null
}

/** The jobs table. Every change is one transaction with a row in `job_events`, append-only while the job is there. */
export interface JobStore {
  insert: (record: JobRecord) => void
  get: (id: string) => JobRecord | null
  /** Newest first. */
  list: () => JobRecord[]
  /** Those that may still be driven, newest first: looked at often, where thousands have ended. */
  unfinished: () => JobRecord[]
  /**
   * Changes a job that `owner` drives; null changes it whoever drives it.
   * Throws `LeaseLostError` or `IllegalTransitionError`; null when the job is gone.
   */
  change: (id: string, owner: Owner | null, change: JobChange) => JobRecord | null
  /** Takes the lease of one job, when it is free or its driver is gone. */
  claim: (id: string, owner: Owner) => boolean
  /** Says of every job that `owner` drives that it is still there. */
  renew: (owner: Owner) => void
  release: (id: string, owner: Owner) => void
  /** How often each job was changed, by id: what other processes did is found without reading every job. */
  revisions: () => Map<string, number>
  /** Forgets jobs that have ended, with their events; gives those that went. Only the names of their tasks stay. */
  remove: (ids: readonly string[]) => JobRecord[]
  events: (id: string) => JobEvent[]
  /** Every task that any job of ours ever had, forgotten ones too. */
  taskIds: () => Set<string>
}

export interface JobStoreOptions {
  database: Database
  clock: Clock
  isAlive: (pid: number) => boolean
  /** Milliseconds that a lease lasts, and how much longer a create in flight is left to a silent process. */
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
    insert: (record) =>
      database.transaction(() => {
        database.run(
          `INSERT INTO jobs (id, state, provider, task_id, created_at, updated_at, json)
           VALUES ($id, $state, $provider, $task, $created, $updated, $json)`,
          { ...columnsOf(record), $provider: record.provider, $created: record.createdAt },
        )
        writeEvent(record.id, 'created', null, record.state, {})
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
        if (!mayTake({ ...row, me: owner, now, isAlive, submittingGrace })) return false
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
          if (!record || !hasEnded(record.state)) return []
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

/** The record after a change; a new state ends the phase before it, and its trouble. */
const changed = (record: JobRecord, { to, patch }: JobChange, now: number): JobRecord => {
  const moves = to !== undefined && to !== record.state
  const trouble = moves ? null : record.trouble
  const next = { ...record, trouble, ...patch, revision: record.revision + 1, updatedAt: now }
  if (!moves) return next
  if (!mayGo(record.state, to))
    throw new IllegalTransitionError(`${record.id}: ${record.state} → ${to}`)
  const phases = record.phases.map((phase) =>
    phase.endedAt === null ? { ...phase, endedAt: now } : phase,
  )
  phases.push({ state: to, startedAt: now, endedAt: null })
  return { ...next, state: to, phases }
}
