import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { type Clock, systemClock } from '../../main/clock'
import type { FileSpec } from '../../main/edits/job-spec'
import { createDownload } from '../../main/jobs/download'
import { estimate } from '../../main/providers/prices'
import { createUploads, type UploadPlace } from '../../main/uploads/uploads'
import { type Facts, type Job, type Mode, modeRow } from '../../preload/contract'
import { say } from '../../preload/contract/language'
import { connected } from './connected-provider'
import { createJobsWorld } from './jobs-world'
import type { ContractFault, Started, UnderContract } from './providers-under-contract'

/** Waits are this much shorter: polling intervals are several seconds. */
const haste = 400

/** A clock that a test can move. */
export interface HasteClock extends Clock {
  /** Moves the time by milliseconds, without ending a sleep. */
  jump: (milliseconds: number) => void
}

/** A clock that only waits move: the machine's speed does not matter. */
const hasteClock = (): HasteClock => {
  let now = Date.now()
  return {
    now: () => now,
    sleep: async (milliseconds, signal) => {
      const due = now + milliseconds
      await systemClock.sleep(milliseconds / haste, signal)
      now = Math.max(now, due)
    },
    jump: (milliseconds) => {
      now += milliseconds
    },
  }
}

/** A bucket that only counts what it holds. */
const countingPlace = () => {
  const held = new Set<string>()
  const place: UploadPlace = {
    uploadFor: () => async (file) => {
      const url = `https://bucket.example/${held.size}-${path.basename(file.path)}`
      held.add(url)
      return url
    },
    release: async ({ urls }) => {
      for (const url of urls) held.delete(url)
    },
  }
  return { held, place }
}

export type Faults = readonly ['create' | 'query' | 'download', ContractFault][]

export interface Circumstances {
  /** The service's result. */
  result?: Buffer
  /** Inspects a result that is a real clip. */
  inspect?: (path: string) => Promise<Facts>
  /** Called once, when the job is running. */
  whenRunning?: (clock: HasteClock, started: Pick<Started, 'server' | 'answerNext'>) => void
}

/** Drives one job to its end with a service's strict server. */
export const driveJob = async (
  under: UnderContract,
  words: readonly string[],
  faults: Faults,
  circumstances: Circumstances = {},
) => {
  const clock = hasteClock()
  const bucket = countingPlace()
  // Short limits only for requests that stall.
  const stalls = faults.some(([, { kind }]) => kind.startsWith('stall'))
  const limits = stalls ? { headers: 1_000, body: 1_000, total: 2_000 } : {}
  // The pace of queries is not judged here. Never behind the client's clock: a task cannot begin before
  // its create.
  let later = clock.now()
  const serverNow = () => {
    later = Math.max(later + 10_000, clock.now())
    return later
  }
  const serverClock = { ...clock, now: serverNow }
  const { provider, server, answerNext } = await connected(under, {
    words,
    limits,
    clock,
    serverClock,
  })
  server.result = circumstances.result ?? Buffer.from('result of the service, cut in two by some')
  for (const [operation, fault] of faults) server.next(operation, fault)
  const world = createJobsWorld({
    provider,
    clock,
    download: createDownload(stalls ? { idle: 500 } : {}),
    uploads: createUploads([bucket.place]),
    ...(circumstances.inspect ? { inspect: circumstances.inspect } : {}),
  })
  const image = path.join(world.folder, 'ref.png')
  writeFileSync(image, 'clip that stands for an image')
  const { size: bytes, mtimeMs: modifiedAt } = statSync(image)
  const fix = { remedies: [], background: '#000000' }
  const { jobs, library } = world.process()
  const { mode } = under
  const estimated = estimate(modeRow(provider.row, mode), {
    seconds: mode === 'text' ? 0 : 5,
    options: { cut: 0, quality: '720p' },
  })
  // EvoLink tells no prompts: the bill tells whose a task is.
  if ('used' in server) server.used = estimated.also?.amount ?? null
  const given = world.spec({ mode, provider: provider.row.id, estimate: estimated })
  const [clip] = given.files
  const reference = { mediaId: null, path: image, name: 'ref.png', bytes, modifiedAt, fix }
  given.files = filesIn(mode, clip, { ...reference, role: 'reference-image', selection: null })
  const running = jobs.onChange(({ state }) => {
    if (state !== 'running') return
    running()
    circumstances.whenRunning?.(clock, { server, answerNext })
  })
  const { id } = jobs.submit(given)
  await jobs.drain(AbortSignal.timeout(100_000))
  const job = jobs.get(id)
  if (!job) throw new Error('the job is gone')
  await jobs.stop()
  const folder = path.join(world.folder, 'library')
  const names = existsSync(folder) ? readdirSync(folder) : []
  const parts = names.filter((name) => name.startsWith('.reshoot'))
  return {
    job,
    provider,
    server,
    held: bucket.held,
    parts,
    kept: library.list({ words: '', providers: [] }),
  }
}

/** The files that a job sends in a mode: a clip and an image. Words are sent alone. */
const filesIn = (mode: Mode, clip: FileSpec | undefined, image: FileSpec): FileSpec[] => {
  if (!clip || mode === 'text') return []
  return [mode === 'edit' ? clip : { ...clip, role: 'reference-video' }, image]
}

/** The job's failure in English. Checks that both languages have a complete sentence. */
export const saidOf = ({ failure }: Job): string => {
  if (!failure) return ''
  const [english, chinese] = [say(failure.text, 'en'), say(failure.text, 'zh')]
  for (const sentence of [english, chinese])
    expect(sentence).not.toMatch(/[{}]|\$t\(|^[a-z][\w-]*\.[a-z]/)
  expect(english).toMatch(/^[A-Z\d].+\.$/)
  expect(chinese).toMatch(/\p{Script=Han}.*[。：]/u)
  return english
}
