import { join } from 'node:path'
import { z } from 'zod'
import { type Database, openDatabase } from '../database/database'
import { jsonColumn } from '../database/json-column'
import { createRequest } from './create-request'

const status = z.enum(['PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELED', 'UNKNOWN'])

const usage = z.object({
  duration: z.number(),
  input_video_duration: z.number(),
  output_video_duration: z.number(),
  video_count: z.number(),
  SR: z.number(),
})

const columns = `id, request_id AS requestId, status, request, seed, created_at AS createdAt,
  started_at AS startedAt, ended_at AS endedAt, code, message, usage, owner, owner_pid AS ownerPid`

const row = z.object({
  id: z.string(),
  requestId: z.string(),
  status,
  request: jsonColumn(createRequest),
  seed: z.number(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  usage: jsonColumn(usage).nullable(),
  owner: z.string().nullable(),
  ownerPid: z.number().nullable(),
})

/** A stored task. Times in ms since the epoch. */
export type SandboxTask = z.infer<typeof row>
type NewTask = Pick<SandboxTask, 'id' | 'requestId' | 'request' | 'seed' | 'createdAt'>
type Ending =
  | { status: 'SUCCEEDED'; usage: z.infer<typeof usage> }
  | { status: 'FAILED'; code: string; message: string }

/** Milliseconds that a task and its result are kept. */
export const taskLife = 24 * 3_600_000

export interface Owner {
  /** Id of one running Sandbox. */
  id: string
  pid: number
}

const migrations = [
  {
    name: 'tasks',
    sql: `
      CREATE TABLE tasks (
        id TEXT PRIMARY KEY,
        request_id TEXT NOT NULL,
        status TEXT NOT NULL,
        request TEXT NOT NULL,
        seed INTEGER NOT NULL,
        created_at REAL NOT NULL,
        started_at REAL,
        ended_at REAL,
        code TEXT,
        message TEXT,
        usage TEXT,
        owner TEXT,
        owner_pid INTEGER,
        lease_until REAL
      ) STRICT;
      CREATE INDEX tasks_by_creation ON tasks (created_at);
      CREATE TABLE secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    `,
  },
]

/** Tasks in a database that several processes share. Only the process that holds a task's lease renders it. */
export class TaskStore {
  private readonly database: Database

  constructor(folder: string) {
    this.database = openDatabase(join(folder, 'sandbox.db'), { migrations })
  }

  /** The signing secret of this folder; the first process stores `fresh`. */
  secret(fresh: string): string {
    const insert = "INSERT OR IGNORE INTO secrets (name, value) VALUES ('signing', :fresh)"
    this.database.run(insert, { fresh })
    const found = z.object({ value: z.string() })
    return this.database.row(found, 'SELECT value FROM secrets')?.value ?? fresh
  }

  add(task: NewTask): void {
    this.database.run(
      `INSERT INTO tasks (id, request_id, status, request, seed, created_at)
       VALUES (:id, :requestId, 'PENDING', :request, :seed, :createdAt)`,
      { ...task, request: JSON.stringify(task.request) },
    )
  }

  get(id: string): SandboxTask | null {
    return this.database.row(row, `SELECT ${columns} FROM tasks WHERE id = :id`, { id })
  }

  /** Tasks created since `time`, newest first. */
  since(time: number): SandboxTask[] {
    const sql = `SELECT ${columns} FROM tasks WHERE created_at >= :time ORDER BY created_at DESC`
    return this.database.rows(row, sql, { time })
  }

  unfinished(): SandboxTask[] {
    const sql = `SELECT ${columns} FROM tasks
      WHERE status IN ('PENDING', 'RUNNING') ORDER BY created_at`
    return this.database.rows(row, sql)
  }

  /** Claims a task that has no owner, whose lease has expired or whose owner has exited. False when another owns it. */
  claim(
    task: SandboxTask,
    owner: Owner,
    now: number,
    until: number,
    ownerIsGone: boolean,
  ): boolean {
    return this.changes(
      `UPDATE tasks SET owner = :owner, owner_pid = :pid, lease_until = :until
       WHERE id = :id AND status IN ('PENDING', 'RUNNING')
         AND (owner IS NULL OR lease_until < :now OR (:gone = 1 AND owner = :former))`,
      {
        id: task.id,
        owner: owner.id,
        pid: owner.pid,
        now,
        until,
        gone: ownerIsGone ? 1 : 0,
        former: task.owner,
      },
    )
  }

  /** Extends the lease. False when another process owns the task, or it has ended. */
  renew(id: string, owner: Owner, until: number): boolean {
    const sql = `UPDATE tasks SET lease_until = :until
      WHERE id = :id AND owner = :owner AND status IN ('PENDING', 'RUNNING')`
    return this.changes(sql, { id, owner: owner.id, until })
  }

  release(id: string, owner: Owner): void {
    const sql = `UPDATE tasks SET owner = NULL, owner_pid = NULL, lease_until = NULL
      WHERE id = :id AND owner = :owner`
    this.database.run(sql, { id, owner: owner.id })
  }

  /** Marks the task as running. False when it was cancelled or another process owns it. */
  begin(id: string, owner: Owner, now: number): boolean {
    const sql = `UPDATE tasks SET status = 'RUNNING', started_at = coalesce(started_at, :now)
      WHERE id = :id AND owner = :owner AND status IN ('PENDING', 'RUNNING')`
    return this.changes(sql, { id, owner: owner.id, now })
  }

  end(id: string, owner: Owner, now: number, ending: Ending): void {
    const failed = ending.status === 'FAILED'
    this.database.run(
      `UPDATE tasks SET status = :status, ended_at = :now, code = :code, message = :message, usage = :usage,
         owner = NULL, owner_pid = NULL, lease_until = NULL
       WHERE id = :id AND owner = :owner AND status = 'RUNNING'`,
      {
        id,
        owner: owner.id,
        now,
        status: ending.status,
        code: failed ? ending.code : null,
        message: failed ? ending.message : null,
        usage: failed ? null : JSON.stringify(ending.usage),
      },
    )
  }

  /** Cancels a pending task. False when it is not pending. */
  cancel(id: string, now: number): boolean {
    const sql = `UPDATE tasks SET status = 'CANCELED', ended_at = :now
      WHERE id = :id AND status = 'PENDING'`
    return this.changes(sql, { id, now })
  }

  /** Makes the task unknown, as the real service does with old ones. */
  expire(id: string): void {
    this.database.run("UPDATE tasks SET status = 'UNKNOWN' WHERE id = :id", { id })
  }

  /** Deletes the tasks created before `time`; gives their ids. */
  deleteBefore(time: number): string[] {
    const sql = 'DELETE FROM tasks WHERE created_at < :time RETURNING id'
    return this.database.rows(z.object({ id: z.string() }), sql, { time }).map(({ id }) => id)
  }

  close(): void {
    this.database.close()
  }

  private changes(...statement: Parameters<Database['run']>): boolean {
    return this.database.run(...statement) === 1
  }
}
