import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import type { Facts } from '../../preload/contract'
import type { Clock } from '../clock'
import { ObjectStore } from './object-store'
import { createRoutes } from './routes'
import { TaskStore, taskLife } from './task-store'
import { type RunFfmpeg, resultPath, TaskWorker } from './task-worker'

export interface SandboxOptions {
  /** Holds all data of the Sandbox; several processes may share it. */
  folder: string
  inspect: (path: string) => Promise<Facts>
  runFfmpeg: RunFfmpeg
  clock: Clock
  /** Divides the time that tasks wait and run (RESHOOT_SANDBOX_SPEED). Default 1. */
  speed?: number
  onProblem?: (error: unknown) => void
}

/** The offline provider: a loopback service that speaks DashScope's protocol and edits with ffmpeg. */
export interface Sandbox {
  /** Listens on a free port of 127.0.0.1 with a random key. Gives the same answer while it runs. */
  start: () => Promise<{ url: string; token: string }>
  /** Stops listening and releases its tasks; another process or the next start continues them. */
  stop: () => Promise<void>
}

const pendingFor = 1_200
const runningFor = 2_400

/** The value of RESHOOT_SANDBOX_SPEED, at most 1000; 1 when it is not a positive number. */
export const speedOf = (value: string | undefined): number => {
  const speed = Number(value)
  return Number.isFinite(speed) && speed > 0 ? Math.min(speed, 1000) : 1
}

/** Deletes expired tasks, results and objects, and partial files of killed processes. */
const sweep = async (store: TaskStore, objects: ObjectStore, results: string, now: number) => {
  const deleted = store.deleteBefore(now - taskLife)
  for (const id of deleted) await rm(resultPath(results, id), { force: true })
  const running = new Set(store.unfinished().map(({ id }) => id))
  for (const name of await readdir(results)) {
    const id = name.split('.')[0] ?? ''
    if (name.includes('.part') && !running.has(id)) await rm(join(results, name), { force: true })
  }
  await objects.sweep()
}

const listen = async (server: Server): Promise<string> => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** Creates the Sandbox of a folder; nothing runs before `start`. */
export const createSandbox = (options: SandboxOptions): Sandbox => {
  const { folder, clock, inspect, runFfmpeg, speed = 1 } = options
  const onProblem = options.onProblem ?? (() => undefined)
  let running: Promise<{ url: string; token: string; end: () => Promise<void> }> | null = null

  const begin = async () => {
    const results = join(folder, 'results')
    await mkdir(results, { recursive: true, mode: 0o700 })
    const store = new TaskStore(folder)
    const secret = store.secret(randomBytes(32).toString('hex'))
    const objects = new ObjectStore(join(folder, 'objects'), secret, clock.now)
    const token = `sk-sandbox-${randomBytes(24).toString('hex')}`
    const worker = new TaskWorker({
      store,
      folder: results,
      owner: { id: randomBytes(8).toString('hex'), pid: process.pid },
      clock,
      delays: { pending: pendingFor / speed, running: runningFor / speed },
      inspect,
      runFfmpeg,
      filesOf: (task) => objects.filesOf(task.request),
      onProblem,
    })
    const server = createServer()
    const url = await listen(server)
    const routes = createRoutes({
      url,
      token,
      secret,
      store,
      objects,
      results,
      inspect,
      now: clock.now,
      onTask: () => worker.poke(),
      onProblem,
    })
    server.requestTimeout = 600_000
    server.headersTimeout = 20_000
    server.on('request', routes)
    await sweep(store, objects, results, clock.now())
    worker.start()
    const end = async () => {
      await Promise.all([close(server), worker.stop()])
      store.close()
    }
    return { url, token, end }
  }

  return {
    start: async () => {
      running ??= begin().catch((error: unknown) => {
        running = null
        throw error
      })
      const { url, token } = await running
      return { url, token }
    },
    stop: async () => {
      const ending = running
      running = null
      await (await ending)?.end()
    },
  }
}
