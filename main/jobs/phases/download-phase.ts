import { rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { type Facts, fileOf } from '../../../preload/contract'
import { ProviderError, type TaskStatus } from '../../providers/provider'
import { DownloadError } from '../download'
import type { Drive, Phase } from '../drive'
import {
  diskFailure,
  libraryFolder,
  localFailure,
  PhaseFailedError,
  requireSpace,
} from '../failures'
import { inTurn } from '../queues'
import { hasExpired, type JobRecord } from '../record'
import { answersBeforeGivingUp, backoff, retryRules } from '../retry'
import { expire } from './poll-phase'

/** Bytes that must stay free on the library's disk. */
const headroom = 50 * 1024 * 1024

/** Consecutive breaks without a new byte after which the provider is asked for a new link. */
const breaksBeforeNewLink = 2

/** Downloads the result, checks it and adds it to the library. */
export const downloadPhase: Phase = async (job, drive) => {
  const { library, store } = drive.ports
  libraryFolder(drive.ports.library)
  const before = await library.savedFor(job.id)
  if (before) {
    drive.change({ to: 'saved', patch: { libraryId: before.id } })
    return
  }
  await inTurn(drive.queues.download, drive.stop, async () => {
    const file = await targetOf(job, drive)
    if (!(await isFetched(job, file, drive))) return
    if (!(await isWhole(file, job, drive))) return
    await keep(store.get(job.id) ?? job, file, drive)
  })
}

/**
 * The file to download to: hidden, in the library folder, so that saving is one rename. Deletes a part in another
 * folder: the person has chosen a new library folder.
 */
const targetOf = async (job: JobRecord, drive: Drive): Promise<string> => {
  const file = path.join(libraryFolder(drive.ports.library), `.reshoot-${job.id}.part`)
  if (job.download && job.download.path !== file)
    await dropPart(job).catch((error: unknown) =>
      drive.ports.log.warn('A partial download could not be deleted', { job: job.id, error }),
    )
  return file
}

/** Whether the file is complete; false after a wait or a change of state. */
const isFetched = async (job: JobRecord, file: string, drive: Drive): Promise<boolean> => {
  const { download, providers } = drive.ports
  try {
    await providers.get(job.provider) // starts the Sandbox, which serves its own results
    await download({
      url: job.resultUrl ?? '',
      path: file,
      start: job.download?.path === file ? job.download : null,
      onStart: async (start) => {
        const here = await stat(file).then((found) => found.size)
        const missing = Math.max((start.total ?? 0) - here, 0)
        await requireSpace(drive.ports, path.dirname(file), missing + headroom)
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

const afterBreak = async (job: JobRecord, error: DownloadError, drive: Drive): Promise<void> => {
  const { setbacks } = drive
  drive.ports.log.info('A download stopped', {
    job: job.id,
    reason: error.reason,
    message: error.message,
  })
  if (error.reason === 'refused') {
    await renewLink(job, drive)
    return
  }
  if (error.gained) setbacks.failures = 0
  const setback = setbackOfDownload[error.reason]
  const delay = drive.nextTry(retryRules.download, setback)
  if (delay === null)
    throw new PhaseFailedError(localFailure('downloadFailed', 'try-again'), { cause: error })
  const usual = { key: setback === 'offline' ? 'job.offline' : 'job.brokeOff', values: {} }
  drive.trouble(error.between ?? usual)
  if (setback === 'passing' && setbacks.failures === breaksBeforeNewLink)
    await updateLink(job, drive)
  await drive.pause(delay)
}

const setbackOfDownload = { offline: 'offline', broken: 'passing', 'too-large': 'lasting' } as const

/**
 * Asks the provider for the current link; without an answer the old one stays. The host of a link may have changed: the
 * Sandbox has another port after each start.
 */
const updateLink = async (job: JobRecord, drive: Drive): Promise<void> => {
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
 * Asks for a new link after the old one was refused, a few times: links sometimes end early (a wrong clock, a moved
 * file, a proxy). The result is paid for, so the job expires only if the provider no longer knows the task.
 */
const renewLink = async (job: JobRecord, drive: Drive): Promise<void> => {
  const { clock, providers } = drive.ports
  if (job.taskId === null || hasExpired(job.expiresAt, clock.now())) {
    await giveUp(job, drive)
    return
  }
  try {
    const provider = await providers.get(job.provider)
    const answer = await provider.query(job.taskId, { signal: drive.stop })
    await applyLink(answer, job, drive)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    if (!(await drive.retry(retryRules.query, error))) throw new PhaseFailedError(error.failure)
  }
}

/** Applies the state of a task whose link was refused. */
const applyLink = async (answer: TaskStatus, job: JobRecord, drive: Drive): Promise<void> => {
  const { random, timing } = drive.ports
  const { setbacks } = drive
  if (answer.status === 'unknown') {
    await giveUp(job, drive)
    return
  }
  if (answer.status === 'failed') throw new PhaseFailedError(answer.failure)
  if (answer.status === 'succeeded') drive.change({ patch: { resultUrl: answer.resultUrl } })
  setbacks.refusedLinks++
  if (setbacks.refusedLinks >= answersBeforeGivingUp.refusedLink)
    throw new PhaseFailedError(localFailure('downloadFailed', 'try-again'))
  // Tries the first new link at once, later ones after rising delays.
  if (setbacks.refusedLinks === 1) return
  drive.trouble({ key: 'job.brokeOff', values: {} })
  await drive.pause(backoff(timing.backoff, setbacks.refusedLinks - 1, null, random()))
}

const giveUp = async (job: JobRecord, drive: Drive): Promise<void> => {
  await dropPart(job)
  expire(drive, job)
}

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
      setId: job.setId,
      spec: job.spec,
      model: job.model ?? '',
      submittedAt: job.submittedAt ?? job.createdAt,
      taskId: job.taskId,
      requestId: job.requestId,
      billed: job.billed,
      resultPath: file,
      sentClipPath: fileOf(job.files ?? [], 'clip')?.path ?? null,
    })
    drive.change({ to: 'saved', patch: { libraryId: entry.id, failure: null } })
  } catch (error) {
    throw diskFailure(error, path.dirname(file), headroom) ?? error
  }
}
