import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Facts, wan27 } from '../../preload/contract'
import type { Clock } from '../clock'
import { inside } from '../files/inside'
import { isAlive } from '../tools/processes'
import { type EditRequest, type NewVideoRequest, sandboxModels } from './create-request'
import { directivesOf } from './directives'
import { type PlanFiles, planNewVideo, type Source } from './new-video-plan'
import type { StoredFile } from './object-store'
import { planRender } from './render-plan'
import type { Owner, SandboxTask, TaskStore } from './task-store'
import { watermark } from './watermark'

/** Runs ffmpeg with these arguments. Rejects when it fails or is aborted; `timeLimit` in ms. */
export type RunFfmpeg = (
  args: readonly string[],
  work: { signal: AbortSignal; timeLimit: number },
) => Promise<unknown>

interface WorkerOptions {
  store: TaskStore
  /** Where results are stored. */
  folder: string
  owner: Owner
  clock: Clock
  /** Milliseconds that a task is pending, and that it runs at least. */
  delays: { pending: number; running: number }
  inspect: (path: string) => Promise<Facts>
  runFfmpeg: RunFfmpeg
  /** The files of a task's request. */
  filesOf: (task: SandboxTask) => Promise<StoredFile[]>
  /** Receives problems that no task can report. */
  onProblem: (error: unknown) => void
}

const lease = 10_000
const heartbeat = 3_000
const tick = 200
/** Milliseconds between two searches for abandoned tasks of other processes. */
const idleTick = 2_000
const rendersAtOnce = 2
const renderLimit = 180_000
const slowness = 8

/** Code and message of each failure on demand. */
const failuresOnDemand = {
  moderation: ['DataInspectionFailed', 'Output data may contain inappropriate content.'],
  fail: ['InternalError', 'An internal error has occurred, please try again later.'],
} as const

export const resultPath = (folder: string, id: string): string => inside(folder, `${id}.mp4`)

class TaskFailure extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/** Drives tasks from PENDING to their end, also those that an exited process left in this folder. */
export class TaskWorker {
  private readonly active = new Map<string, Promise<void>>()
  private readonly stopping = new AbortController()
  private loop: Promise<void> | null = null
  private wake: () => void = () => undefined

  constructor(private readonly options: WorkerOptions) {}

  start(): void {
    this.loop ??= this.run()
  }

  /** Looks for due tasks now. */
  poke(): void {
    this.wake()
  }

  /** Releases every task, so that another process can continue it. */
  async stop(): Promise<void> {
    this.stopping.abort()
    this.wake()
    await this.loop
    await Promise.all(this.active.values())
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      let busy = false
      try {
        busy = this.startDueTasks()
      } catch (error) {
        this.options.onProblem(error)
      }
      await this.pause(busy ? tick : idleTick)
    }
  }

  private async pause(milliseconds: number): Promise<void> {
    const ending = new AbortController()
    this.wake = () => ending.abort()
    const stop = AbortSignal.any([ending.signal, this.stopping.signal])
    await this.options.clock.sleep(milliseconds, stop).catch(() => undefined)
  }

  /** Claims and starts due tasks; true while any task is unfinished. */
  private startDueTasks(): boolean {
    const { store, owner, clock } = this.options
    const unfinished = store.unfinished()
    for (const task of unfinished) {
      if (this.active.size >= rendersAtOnce) break
      if (this.active.has(task.id) || this.dueAt(task) > clock.now()) continue
      const gone = task.ownerPid !== null && task.ownerPid !== owner.pid && !isAlive(task.ownerPid)
      const now = clock.now()
      if (!store.claim(task, owner, now, now + lease, gone)) continue
      const done = this.drive(task)
        .catch((error) => this.options.onProblem(error))
        .finally(() => this.active.delete(task.id))
      this.active.set(task.id, done)
    }
    return unfinished.length > 0
  }

  private pace(task: SandboxTask): number {
    return directivesOf(task.request.input.prompt).has('slow') ? slowness : 1
  }

  private dueAt(task: SandboxTask): number {
    return task.createdAt + this.options.delays.pending * this.pace(task)
  }

  private async drive(task: SandboxTask): Promise<void> {
    const { store, owner, clock, delays } = this.options
    const stop = new AbortController()
    const signal = AbortSignal.any([stop.signal, this.stopping.signal])
    const finished = new AbortController()
    const beating = this.beat(task.id, stop, finished.signal)
    try {
      const started = clock.now()
      if (!store.begin(task.id, owner, started)) return
      const ending = await this.outcome(task, signal)
      const rest = started + delays.running * this.pace(task) - clock.now()
      if (rest > 0) await clock.sleep(rest, signal)
      store.end(task.id, owner, clock.now(), ending)
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      finished.abort()
      await beating
      store.release(task.id, owner)
    }
  }

  private async beat(id: string, stop: AbortController, finished: AbortSignal): Promise<void> {
    const { store, owner, clock } = this.options
    while (!finished.aborted) {
      await clock.sleep(heartbeat, finished).catch(() => undefined)
      if (finished.aborted) return
      try {
        if (!store.renew(id, owner, clock.now() + lease)) stop.abort()
      } catch (error) {
        this.options.onProblem(error) // a full disk: the next beat tries again
      }
    }
  }

  private async outcome(task: SandboxTask, signal: AbortSignal) {
    const directives = directivesOf(task.request.input.prompt)
    for (const directive of ['moderation', 'fail'] as const) {
      if (!directives.has(directive)) continue
      const [code, message] = failuresOnDemand[directive]
      return { status: 'FAILED' as const, code, message }
    }
    try {
      return { status: 'SUCCEEDED' as const, usage: await this.render(task, signal) }
    } catch (error) {
      if (signal.aborted) throw error
      const code = error instanceof TaskFailure ? error.code : 'InternalError.Algo'
      const message = error instanceof Error ? error.message : String(error)
      return { status: 'FAILED' as const, code, message: message.slice(0, 500) }
    }
  }

  private async render(task: SandboxTask, signal: AbortSignal) {
    const { folder, owner, inspect } = this.options
    const sources = await this.sourcesOf(task)
    await mkdir(folder, { recursive: true })
    const output = join(folder, `${task.id}.${owner.id}.part`)
    const files = { output, watermark: `${output}.png`, card: `${output}.pgm` }
    const { request } = task
    try {
      const input =
        request.model === sandboxModels.edit
          ? await this.edit({ ...task, request }, sources, files, signal)
          : await this.makeNew({ ...task, request }, sources, files, signal)
      const made = await inspect(output)
      if (made.kind !== 'video') throw new Error('ffmpeg made no clip')
      await rename(output, resultPath(folder, task.id))
      return usageOf(task, input, made.duration ?? input)
    } finally {
      for (const path of Object.values(files)) await rm(path, { force: true })
    }
  }

  private async sourcesOf(task: SandboxTask): Promise<Source[]> {
    const { filesOf, inspect } = this.options
    const sources: Source[] = []
    for (const { role, path } of await filesOf(task)) {
      if (path === null)
        throw new TaskFailure('InvalidFile.DownloadFailed', 'A file is no longer there.')
      sources.push({ role, path, facts: await inspect(path) })
    }
    return sources
  }

  private async ffmpeg(args: readonly string[], signal: AbortSignal): Promise<void> {
    const limits = { signal, timeLimit: renderLimit }
    await this.options.runFfmpeg(['-y', '-nostdin', ...args], limits)
  }

  /** Renders an edit; gives the seconds of its clip. */
  private async edit(
    task: SandboxTask & { request: EditRequest },
    sources: readonly Source[],
    files: PlanFiles,
    signal: AbortSignal,
  ): Promise<number> {
    const [clip] = sources.filter(({ role }) => role === 'clip')
    const images = sources.filter(({ role }) => role === 'reference-image').map(({ path }) => path)
    if (clip?.facts.kind !== 'video')
      throw new TaskFailure('InvalidFile.Openerror', 'No video stream.')
    const { facts } = clip
    if (task.request.parameters.watermark) await writeFile(files.watermark, watermark.png())
    const attempt = async (shown: string[]) => {
      const plan = planRender(
        task.request,
        facts,
        { ...files, clip: clip.path, images: shown },
        task.seed,
      )
      await this.ffmpeg(plan.args, signal)
      return plan.seconds
    }
    // The real service reads images that ffmpeg cannot, such as an animated WebP: render without them.
    return await attempt(images).catch((error) => {
      if (signal.aborted || images.length === 0) throw error
      return attempt([])
    })
  }

  /** Renders a new video; gives the seconds of its input that are billed. */
  private async makeNew(
    task: SandboxTask & { request: NewVideoRequest },
    sources: readonly Source[],
    files: PlanFiles,
    signal: AbortSignal,
  ): Promise<number> {
    const plan = planNewVideo(task.request, sources, files, task.seed)
    await writeFile(files.watermark, watermark.png())
    if (plan.card) await writeFile(files.card, plan.card)
    await this.ffmpeg(plan.args, signal)
    const seconds = sources.map(({ role, facts }) =>
      role === 'reference-video' && facts.kind === 'video' ? (facts.duration ?? 0) : 0,
    )
    const sum = seconds.reduce((all, one) => all + one, 0)
    return Math.min(sum, wan27.references.billedInput)
  }
}

/** The usage that the real service reports: input and output seconds, and their sum. */
const usageOf = (task: SandboxTask, input: number, output: number) => {
  const rounded = (seconds: number) => Math.round(seconds * 100) / 100
  return {
    duration: rounded(input + output),
    input_video_duration: rounded(input),
    output_video_duration: rounded(output),
    video_count: 1,
    SR: Number.parseInt(task.request.parameters.resolution, 10),
  }
}
