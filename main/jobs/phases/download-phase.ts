import { rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Facts } from '../../../preload/contract'
import { ProviderError, type TaskStatus } from '../../providers/provider'
import { diskFailure, libraryFolder } from '../disk-failure'
import { DownloadError } from '../download'
import type { Drive, Phase } from '../drive'
import { hasExpired } from '../expiry'
import { localFailure, PhaseFailedError } from '../job-failures'
import type { JobRecord } from '../job-record'
import { attempts, delayAfterFailure, offlineDelay, setbackOf } from '../polling'
import { takeTurn } from '../work-queues'
import { expire } from './poll-phase'

/** Bytes that stay free on the library's disk. */
const headroom = 50 * 1024 * 1024

/** Breaks in a row that brought nothing, after which the result is looked for elsewhere. */
const breaksBeforeNewLink = 2

/** Fetches the result, looks at it, and gives it to the library. */
export const downloadPhase: Phase = async (job, drive) => {
  const { library, store } = drive.ports
  libraryFolder(drive)
  const before = await library.savedFor(job.id)
  if (before) {
    drive.change({ to: 'saved', patch: { libraryId: before.id } })
    return
  }
  await takeTurn(drive.queues.download, drive.stop, async () => {
    const file = await targetOf(job, drive)
    if (!(await fetched(job, file, drive))) return
    if (!(await isWhole(file, job, drive))) return
    await keep(store.get(job.id) ?? job, file, drive)
  })
}

/**
 * A hidden name in the library's own folder, so that the result only needs another name in the end. What was begun
 * in another folder is left: a person who chooses a new one does so because the old one is full or gone.
 */
const targetOf = async (job: JobRecord, drive: Drive): Promise<string> => {
  const file = path.join(libraryFolder(drive), `.reshoot-${job.id}.part`)
  if (job.download && job.download.path !== file)
    await dropPart(job).catch((error: unknown) =>
      drive.ports.log.warn('A part of a result stayed behind', { job: job.id, error }),
    )
  return file
}

/** Whether the file is here; otherwise the phase has waited or moved on. */
const fetched = async (job: JobRecord, file: string, drive: Drive): Promise<boolean> => {
  const { download, providers } = drive.ports
  try {
    const provider = await providers.get(job.provider)
    await download({
      url: job.resultUrl ?? '',
      headers: provider.downloadHeaders(),
      path: file,
      start: job.download?.path === file ? job.download : null,
      onStart: async (start) => {
        const here = await stat(file).then((found) => found.size)
        await needSpace((start.total ?? 0) - here, file, drive)
        drive.setbacks.refusedLinks = 0
        drive.change({ patch: { download: { path: file, ...start }, trouble: null } })
      },
      onProgress: drive.progress,
      signal: drive.stop,
    })
    return true
  } catch (error) {
    if (error instanceof DownloadError) await afterBreak(job, error, drive)
    else if (error instanceof ProviderError) throw new PhaseFailedError(error.failure)
    else throw diskFailure(error, path.dirname(file), headroom) ?? error
    return false
  }
}

const needSpace = async (bytes: number, file: string, drive: Drive): Promise<void> => {
  const folder = path.dirname(file)
  const needed = Math.max(bytes, 0) + headroom
  const free = await drive.ports.freeBytes(folder)
  if (free >= needed) return
  throw new PhaseFailedError(
    localFailure('noSpace', 'free-space', {
      folder,
      needed: Math.ceil(needed / 1e6),
      free: Math.floor(free / 1e6),
    }),
  )
}

const afterBreak = async (job: JobRecord, error: DownloadError, drive: Drive): Promise<void> => {
  const { log, random, timing } = drive.ports
  const { setbacks } = drive
  log.info('A download stopped', { job: job.id, reason: error.reason, message: error.message })
  if (error.reason === 'refused') {
    await renewUrl(job, drive)
    return
  }
  drive.trouble({ key: error.reason === 'offline' ? 'job.offline' : 'job.brokeOff', values: {} })
  if (error.reason === 'offline') {
    await drive.pause(offlineDelay(random()))
    return
  }
  if (error.reason === 'too-large') setbacks.failures = attempts.download
  setbacks.failures = error.gained ? 1 : setbacks.failures + 1
  if (error.reason === 'too-large' || setbacks.failures >= attempts.download)
    throw new PhaseFailedError(localFailure('downloadFailed', 'try-again'), { cause: error })
  if (setbacks.failures === breaksBeforeNewLink) await moveWithLink(job, drive)
  await drive.pause(delayAfterFailure(timing.backoff, setbacks.failures, null, random()))
}

/**
 * A link may lead to a host that is no more: the Sandbox listens elsewhere after each start. The service is asked
 * where the result is now; without an answer the old link stays.
 */
const moveWithLink = async (job: JobRecord, drive: Drive): Promise<void> => {
  const { log, providers } = drive.ports
  if (job.taskId === null) return
  try {
    const provider = await providers.get(job.provider)
    const answer = await provider.query(job.taskId, { signal: drive.stop })
    if (answer.status === 'succeeded') drive.change({ patch: { resultUrl: answer.resultUrl } })
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    log.info('No new link to a result', { job: job.id, error })
  }
}

/**
 * Links end before their time now and then (a wrong clock, a moved file, a proxy in between): the task is asked for
 * a new one, a few times. While the service knows the task its result is not given up: it is paid for.
 */
const renewUrl = async (job: JobRecord, drive: Drive): Promise<void> => {
  const { clock, providers } = drive.ports
  if (job.taskId === null || hasExpired(job.expiresAt, clock.now())) {
    await giveUp(job, drive)
    return
  }
  try {
    const provider = await providers.get(job.provider)
    const answer = await provider.query(job.taskId, { signal: drive.stop })
    await takeLink(answer, job, drive)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    const { random, timing } = drive.ports
    drive.trouble(error.failure.text)
    if (setbackOf(error) === 'offline') {
      await drive.pause(offlineDelay(random()))
      return
    }
    drive.setbacks.failures++
    if (drive.setbacks.failures >= attempts.lastingQuery) throw new PhaseFailedError(error.failure)
    const wait = delayAfterFailure(
      timing.backoff,
      drive.setbacks.failures,
      error.retryAfter,
      random(),
    )
    await drive.pause(wait)
  }
}

/** What the service says of a task whose link it refused. */
const takeLink = async (answer: TaskStatus, job: JobRecord, drive: Drive): Promise<void> => {
  const { random, timing } = drive.ports
  const { setbacks } = drive
  if (answer.status === 'unknown') {
    await giveUp(job, drive)
    return
  }
  if (answer.status === 'failed') throw new PhaseFailedError(answer.failure)
  if (answer.status === 'succeeded') drive.change({ patch: { resultUrl: answer.resultUrl } })
  setbacks.refusedLinks++
  if (setbacks.refusedLinks >= attempts.link)
    throw new PhaseFailedError(localFailure('downloadFailed', 'try-again'))
  // A fresh link is tried at once, the next ones after longer and longer.
  if (setbacks.refusedLinks === 1) return
  drive.trouble({ key: 'job.brokeOff', values: {} })
  await drive.pause(delayAfterFailure(timing.backoff, setbacks.refusedLinks - 1, null, random()))
}

const giveUp = async (job: JobRecord, drive: Drive): Promise<void> => {
  await dropPart(job)
  expire(drive, job)
}

/** The rest of it will never come. */
const dropPart = async (job: JobRecord): Promise<void> => {
  if (job.download) await rm(job.download.path, { force: true })
}

const isWhole = async (file: string, job: JobRecord, drive: Drive): Promise<boolean> => {
  const facts = await drive.ports.media.inspect(file, { signal: drive.stop })
  drive.stop.throwIfAborted()
  if (isPlayable(facts)) return true
  drive.ports.log.warn('A result arrived damaged', { job: job.id, facts })
  await rm(file, { force: true })
  drive.change({ patch: { download: null }, note: { reason: 'damaged' } })
  if (drive.setbacks.damagedBefore) throw new PhaseFailedError(localFailure('damaged', 'try-again'))
  drive.setbacks.damagedBefore = true
  return false
}

const isPlayable = (facts: Facts): boolean =>
  facts.kind === 'video' &&
  (facts.container === 'mp4' || facts.container === 'mov') &&
  facts.complete &&
  (facts.duration ?? 0) > 0

const keep = async (job: JobRecord, file: string, drive: Drive): Promise<void> => {
  try {
    const entry = await drive.ports.library.save({
      jobId: job.id,
      spec: job.spec,
      model: job.model ?? '',
      submittedAt: job.submittedAt ?? job.createdAt,
      taskId: job.taskId,
      requestId: job.requestId,
      billed: job.billed,
      resultPath: file,
      sentClipPath: job.files?.clip.path ?? '',
    })
    drive.change({ to: 'saved', patch: { libraryId: entry.id, failure: null } })
  } catch (error) {
    throw diskFailure(error, path.dirname(file), headroom) ?? error
  }
}
