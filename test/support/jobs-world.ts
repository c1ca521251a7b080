import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Clock } from '../../main/clock'
import { type Database, openDatabase } from '../../main/database/database'
import { migrations } from '../../main/database/schema'
import type { JobSpec } from '../../main/edits/job-spec'
import type { Download } from '../../main/jobs/download'
import { createJobs, type Jobs } from '../../main/jobs/jobs'
import type { Timing } from '../../main/jobs/ports'
import { createJobStore, type JobStore } from '../../main/jobs/store'
import type { Library } from '../../main/library/library'
import { createLibrary } from '../../main/library/library'
import { silentLog } from '../../main/log'
import type { Provider } from '../../main/providers/provider'
import { createUploads, type Uploads } from '../../main/uploads/uploads'
import type { Facts, Job, Report } from '../../preload/contract'
import { editOptions } from '../../preload/contract'
import { clipFactsWith } from './facts'
import { createFakeProvider, type FakeProvider, type Step } from './fake-provider'
import { temporaryFolder } from './temporary-folder'
import { testId } from './test-id'
import { createVirtualClock, type VirtualClock } from './virtual-clock'

/** One process of the app: the window, or a command. */
export interface Process {
  jobs: Jobs
  store: JobStore
  library: Library
  database: Database
  pid: number
  /** Jobs as onChange reported them, in order. */
  told: Job[]
}

/** A home, a provider and a clock that several processes share. */
export interface JobsWorld {
  folder: string
  clock: VirtualClock
  provider: FakeProvider
  /** Paths of the clips that were prepared. */
  prepared: string[]
  /** `prepare` runs before a clip is prepared. */
  hooks: {
    prepare: (signal: AbortSignal | undefined) => Promise<void>
    /** Runs whenever ffprobe or ffmpeg would. */
    tools: () => void
  }
  /** What each download does: write bytes or fail. The last step stays. */
  downloads: Step<string>[]
  free: { bytes: number }
  /** The folder of results. Processes read it each time. */
  library: { folder: string }
  dead: Set<number>
  process: (timing?: Partial<Timing>) => Process
  spec: (change?: Partial<JobSpec>) => JobSpec
  clipPath: string
}

export const clipFacts = (bytes: number): Facts => clipFactsWith({ duration: 5, audio: [], bytes })

/** The first word of a test's file says what it is. */
const inspect = async (file: string): Promise<Facts> => {
  if (!existsSync(file)) return { kind: 'other', format: null, bytes: null, unreadable: 'missing' }
  const text = readFileSync(file, 'utf8')
  const bytes = text.length
  if (text.startsWith('clip') || text.startsWith('result')) return clipFacts(bytes)
  return { kind: 'other', format: 'text', bytes, unreadable: null }
}

const reportOf = (facts: Facts): Report =>
  facts.kind === 'video'
    ? { verdict: 'pass', findings: [] }
    : {
        verdict: 'fail',
        findings: [
          {
            rule: 'container',
            level: 'fail',
            measured: 'text',
            limit: 'mp4',
            message: 'not a clip',
            text: { key: 'finding.container', values: { measured: 'text' } },
          },
        ],
      }

/** What a test may replace. */
export interface Outside {
  provider: Provider
  clock: Clock
  download: Download
  uploads: Uploads
  price: Parameters<typeof createJobs>[0]['price']
  refusalAt: Parameters<typeof createJobs>[0]['refusalAt']
  /** Inspects files whose first word is unknown. */
  inspect: (path: string) => Promise<Facts>
}

export const createJobsWorld = (outside: Partial<Outside> = {}): JobsWorld => {
  const folder = temporaryFolder()
  const home = { posters: path.join(folder, 'posters'), sent: path.join(folder, 'sent') }
  for (const each of [home.posters, home.sent]) mkdirSync(each)
  const clipPath = path.join(folder, 'beach.mp4')
  writeFileSync(clipPath, 'clip of a beach')
  const virtual = createVirtualClock()
  const provider = createFakeProvider()
  const prepared: string[] = []
  const hooks: JobsWorld['hooks'] = { prepare: async () => {}, tools: () => {} }
  const downloads: Step<string>[] = ['result']
  const free = { bytes: 1e12 }
  const chosen = { folder: path.join(folder, 'library') }
  const dead = new Set<number>()
  let processes = 0
  let ids = 0

  const prepare: Parameters<typeof createJobs>[0]['prepare'] = async (
    source,
    facts,
    selection,
    _fix,
    work,
  ) => {
    prepared.push(source)
    await hooks.prepare(work.signal)
    if (selection === null)
      return { id: null, path: source, facts, report: reportOf(facts), command: null }
    const cut = path.join(folder, 'cut.mp4')
    writeFileSync(cut, 'clip cut')
    const found = await inspect(cut)
    return { id: 'cut', path: cut, facts: found, report: reportOf(found), command: 'ffmpeg' }
  }

  const download: Download = async ({ path: file, onStart, onProgress, signal }) => {
    signal.throwIfAborted()
    const step = downloads.length > 1 ? downloads.shift() : downloads[0]
    if (step instanceof Error) throw step
    writeFileSync(file, '', { flag: 'a' })
    await onStart({ etag: '"1"', total: null, md5: null })
    const text = typeof step === 'function' ? await step(signal) : (step ?? 'result')
    onProgress(0.5)
    writeFileSync(file, text)
    return { bytes: text.length }
  }

  const makeProcess = (timing: Partial<Timing> = {}): Process => {
    const pid = ++processes
    const clock = outside.clock ?? virtual
    const given = outside.provider ?? provider
    const database = openDatabase(path.join(folder, 'reshoot.db'), {
      migrations,
      clock,
      watchInterval: 10_000,
    })
    const store = createJobStore({
      database,
      clock,
      isAlive: (each) => !dead.has(each),
      lease: 90_000,
      submittingGrace: 600_000,
    })
    const media = {
      inspect: async (file: string): Promise<Facts> => {
        hooks.tools()
        const facts = await inspect(file)
        return facts.kind === 'other' ? ((await outside.inspect?.(file)) ?? facts) : facts
      },
      assertTools: async () => hooks.tools(),
      decodeError: async (file: string) =>
        existsSync(file) && readFileSync(file, 'utf8').includes('broken frame')
          ? 'error while decoding MB 12 3'
          : null,
      poster: async (_path: string, _facts: Facts, output: string) => {
        writeFileSync(output, 'poster')
        return true
      },
    }
    const shared = { clock, log: silentLog, home, media, newId: () => testId(String(++ids)) }
    const library = createLibrary({
      ...shared,
      database,
      folder: () => chosen.folder,
      isOwn: () => true,
      trash: async () => {},
      providerName: (id) => id,
      posterUrl: () => null,
    })
    const jobs = createJobs({
      ...shared,
      store,
      library,
      prepare,
      download: outside.download ?? download,
      providers: { get: async () => given },
      price: outside.price ?? (() => null),
      refusalAt: outside.refusalAt ?? (() => null),
      uploads: outside.uploads ?? createUploads(),
      describeProviders: () => [{ id: given.row.id, canCancel: given.cancel !== undefined }],
      freeBytes: async () => free.bytes,
      random: () => 0.5,
      owner: { id: `process-${pid}`, pid, machine: 'here' },
      posterUrl: (mediaId) => `reshoot-media://poster/${mediaId}?v=1`,
      watchOtherWriters: database.watchOtherWriters,
      timing: { heartbeat: 30_000, ...timing },
    })
    const told: Job[] = []
    jobs.onChange((job) => told.push(job))
    onTestFinished(async () => {
      await jobs.stop()
      database.close()
    })
    return { jobs, store, library, database, pid, told }
  }

  const spec = (change: Partial<JobSpec> = {}): JobSpec => {
    const { size, mtimeMs } = statSync(clipPath)
    return {
      mode: 'edit',
      provider: 'dashscope',
      prompt: 'snowy street',
      negativePrompt: '',
      files: [
        {
          role: 'clip',
          mediaId: 'media-1',
          path: clipPath,
          name: 'beach.mp4',
          bytes: size,
          modifiedAt: mtimeMs,
          fix: { remedies: [], background: '#000000' },
          selection: null,
        },
      ],
      options: editOptions.parse({}),
      estimate: null,
      ...change,
    }
  }

  return {
    folder,
    clock: virtual,
    provider,
    prepared,
    hooks,
    downloads,
    free,
    library: chosen,
    dead,
    process: makeProcess,
    spec,
    clipPath,
  }
}
