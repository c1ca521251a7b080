import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Facts, fileOf } from '../../../preload/contract'
import { wan27 } from '../../../preload/contract/wan27'
import type { JobSpec } from '../../edits/job-spec'
import { inside } from '../../files/inside'
import { ProviderError, type TaskStatus } from '../../providers/provider'
import { MediaError, mediaError } from '../../tools/media-error'
import { DownloadError } from '../download'
import type { Drive, Phase } from '../drive'
import {
  diskFailure,
  goneFailure,
  libraryFolder,
  localFailure,
  PhaseFailedError,
  requireSpace,
} from '../failures'
import { inTurn } from '../queues'
import { hasExpired, type JobRecord } from '../record'
import { backoff, callSucceeded, refusedLinksBeforeHold, retryRules } from '../retry'
import { askTask, expire } from './poll-phase'

/** Bytes that a result needs besides itself. */
const headroom = 1024 * 1024

/** Bytes for each second of a result: ten times what H.264 of that size takes, so that nothing paid is refused. */
const mostPerSecond = { '720p': 6_500_000, '1080p': 13_000_000 }
/** Seconds that a result may be longer than what was selected: of a clip that is too short more is sent. */
const longer = 5

/** The longest result that is accepted for a job, in bytes. */
export const mostBytesOf = ({ files, options }: Pick<JobSpec, 'files' | 'options'>): number => {
  const selection = fileOf(files, 'clip')?.selection
  const seconds = selection
    ? selection.end - selection.start
    : wan27.edit.clip.containerDuration.max
  return Math.ceil((seconds + longer) * mostPerSecond[options.quality])
}

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
  const wait = await inTurn(drive.queues.download, drive.stop, async () => {
    const file = await targetOf(job, drive)
    const again = await fetchResult(job, file, drive)
    if (again !== 'done') return again
    const fetched = store.get(job.id) ?? job
    const damage = await damageOf(file, fetched, drive).catch(async (error: unknown) => {
      if (error instanceof MediaError) throw await unchecked(error, file, fetched, drive)
      throw diskFailure(error, path.dirname(file), headroom) ?? error
    })
    if (damage === null) await keep(fetched, file, drive)
    else await refuseDamaged(damage, fetched, file, drive)
    return null
  })
  // Outside of the queue, so that a slow service does not hold up the results of others.
  if (wait !== null) await drive.pause(wait)
}

/** Milliseconds until another attempt; null for an attempt at once, or after a change of state. */
type Wait = number | null

/**
 * The file to download to: hidden, in the library folder, so that saving is one rename. Deletes a part in another
 * folder: the person has chosen a new library folder.
 */
const targetOf = async (job: JobRecord, drive: Drive): Promise<string> => {
  const file = inside(libraryFolder(drive.ports.library), `.reshoot-${job.id}.part`)
  if (job.download && job.download.path !== file)
    await dropPart(job).catch((error: unknown) =>
      drive.ports.log.warn('A partial download could not be deleted', { job: job.id, error }),
    )
  return file
}

/** Downloads the file, or gives the time until the next attempt. */
const fetchResult = async (job: JobRecord, file: string, drive: Drive): Promise<Wait | 'done'> => {
  const { download, providers } = drive.ports
  if (await isWhole(file, job)) return 'done'
  try {
    // Also starts the Sandbox, which serves its own results.
    const { ownHost = null } = await providers.get(job.provider)
    await download({
      url: job.resultUrl ?? '',
      ownHost,
      path: file,
      maxBytes: mostBytesOf(job.spec),
      start: job.download?.path === file ? job.download : null,
      onStart: async (start) => {
        const here = await stat(file).then((found) => found.size)
        const missing = Math.max((start.total ?? 0) - here, 0)
        await requireSpace(drive.ports, path.dirname(file), missing + headroom)
        drive.setbacks.refusedLinks = 0
        drive.change({ patch: { download: { path: file, ...start } } })
        // A download that begins says nothing about the damage of the last one.
        if (job.failure?.text.key !== damagedKey) drive.trouble(null)
      },
      onProgress: drive.progress,
      signal: drive.stop,
    })
    return 'done'
  } catch (error) {
    if (error instanceof DownloadError) return await afterBreak(job, error, drive)
    if (error instanceof ProviderError) throw new PhaseFailedError(error.failure)
    throw diskFailure(error, path.dirname(file), headroom) ?? error
  }
}

/** Whether all bytes are on the disk, because the file could not be checked or this process ended before the check. */
const isWhole = async (file: string, { download }: JobRecord): Promise<boolean> => {
  if (download?.path !== file || download.total === null) return false
  const found = await stat(file).catch(() => null)
  return found?.size === download.total
}

const afterBreak = async (job: JobRecord, error: DownloadError, drive: Drive): Promise<Wait> => {
  const { setbacks } = drive
  drive.ports.log.info('A download stopped', {
    job: job.id,
    reason: error.reason,
    message: error.message,
  })
  if (error.reason === 'refused') return await renewLink(job, drive)
  if (error.gained) callSucceeded(setbacks)
  const setback = setbackOfDownload[error.reason]
  const delay = drive.nextTry(retryRules.download, setback)
  if (delay === null)
    throw new PhaseFailedError(localFailure('downloadFailed', 'try-again'), { cause: error })
  const usual = { key: setback === 'offline' ? 'job.offline' : breakOf(job), values: {} }
  drive.trouble(error.between ?? usual)
  if (setback === 'passing' && setbacks.passing === breaksBeforeNewLink)
    await updateLink(job, drive)
  return delay
}

const breakOf = ({ download }: JobRecord): string => (download ? 'job.brokeOff' : 'job.notBegun')

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
const renewLink = async (job: JobRecord, drive: Drive): Promise<Wait> => {
  if (job.taskId === null) return await giveUp(job, drive)
  try {
    const provider = await drive.ports.providers.get(job.provider)
    return await applyLink(await askTask(job.taskId, provider, drive), job, drive)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    const delay = drive.nextTry(retryRules.query, error)
    if (delay === null) throw new PhaseFailedError(error.failure)
    drive.trouble(error.failure.text)
    return delay
  }
}

/** Applies the state of a task whose link was refused. */
const applyLink = async (answer: TaskStatus, job: JobRecord, drive: Drive): Promise<Wait> => {
  const { clock, random, timing } = drive.ports
  const { setbacks } = drive
  if (answer.status === 'unknown') {
    if (hasExpired(job.expiresAt, clock.now())) return await giveUp(job, drive)
    throw new PhaseFailedError(goneFailure('lostTrack', 'try-again'))
  }
  if (answer.status === 'failed') {
    drive.change({ to: 'failed', patch: { failure: answer.failure, taskOver: true } })
    return null
  }
  if (answer.status === 'succeeded') drive.change({ patch: { resultUrl: answer.resultUrl } })
  setbacks.refusedLinks++
  if (setbacks.refusedLinks >= refusedLinksBeforeHold)
    throw new PhaseFailedError(localFailure('downloadFailed', 'try-again'))
  // Tries the first new link at once, later ones after rising delays.
  if (setbacks.refusedLinks === 1) return null
  drive.trouble({ key: breakOf(job), values: {} })
  return backoff(timing.backoff, setbacks.refusedLinks - 1, null, random())
}

const giveUp = async (job: JobRecord, drive: Drive): Promise<null> => {
  await dropPart(job)
  expire(drive, job)
  return null
}

const dropPart = async (job: JobRecord): Promise<void> => {
  if (job.download) await rm(job.download.path, { force: true })
}

/**
 * What is wrong with a downloaded file, in ffmpeg's or our words; null for a sound one. Rejects with MediaError where
 * the tools do not work, so that nothing is known.
 */
const damageOf = async (file: string, job: JobRecord, drive: Drive): Promise<string | null> => {
  const { media } = drive.ports
  const work = { signal: drive.stop }
  await access(file) // the drive may be away; that is no damage
  const facts = await media.inspect(file, work)
  drive.stop.throwIfAborted()
  if (facts.kind === 'other' && facts.unreadable === 'timeout')
    throw mediaError('no-answer', {}, '')
  if (!isPlayable(facts)) {
    await media.assertTools()
    return 'not a complete MP4 or MOV file'
  }
  const promised = job.download?.md5 ?? null
  if (promised !== null) {
    const md5 = await md5Of(file)
    // The same bytes twice are what the service has: not every ETag that looks like a checksum is one.
    const isNews = md5 !== promised && md5 !== drive.setbacks.lastMd5
    drive.setbacks.lastMd5 = md5
    if (isNews) return 'the checksum differs'
  }
  const broken = await media.decodeError(file, work)
  if (broken !== null) await media.assertTools()
  return broken
}

/** Keeps a file that cannot be checked until the tools work; it is not downloaded again. */
const unchecked = async (
  error: MediaError,
  file: string,
  { id, download }: JobRecord,
  drive: Drive,
): Promise<PhaseFailedError> => {
  drive.ports.log.warn('A result could not be checked', { job: id, detail: error.detail })
  const { size } = await stat(file)
  if (download && download.total !== size)
    drive.change({ patch: { download: { ...download, total: size } } })
  const values = { ...error.text.values, causeKey: error.text.key, file }
  return new PhaseFailedError(localFailure('unchecked', 'try-again', values), { cause: error })
}

/** The MD5 checksum of a file, in hex. */
const md5Of = async (file: string): Promise<string> => {
  const hash = createHash('md5')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** Damaged downloads after which the job is held; from then on each try is one download. */
const damagedBeforeHold = 3
const damagedKey = 'job.damaged'

/** Downloads a damaged result again; after a few times its last copy is kept under a name that people see. */
const refuseDamaged = async (
  damage: string,
  job: JobRecord,
  file: string,
  drive: Drive,
): Promise<void> => {
  drive.ports.log.warn('A result arrived damaged', { job: job.id, damage })
  drive.change({ patch: { download: null }, note: { reason: 'damaged', damage } })
  const count = ++drive.setbacks.damaged
  if (count < damagedBeforeHold) {
    await rm(file, { force: true })
    return
  }
  const kept = damagedCopy(file, job)
  await rename(file, kept)
  const values = { count, reason: damage, path: kept }
  throw new PhaseFailedError(localFailure('damaged', 'try-again', values))
}

const damagedCopy = (file: string, { id }: JobRecord): string =>
  path.join(path.dirname(file), `reshoot-${id.slice(0, 8)}-damaged.mp4`)

const isPlayable = (facts: Facts): boolean =>
  facts.kind === 'video' &&
  (facts.container === 'mp4' || facts.container === 'mov') &&
  facts.complete &&
  (facts.duration ?? 0) > 0

const keep = async (job: JobRecord, file: string, drive: Drive): Promise<void> => {
  try {
    await rm(damagedCopy(file, job), { force: true }) // before the end, after which nobody would look for it
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
