import { constants, type Stats } from 'node:fs'
import { copyFile, link, stat } from 'node:fs/promises'
import {
  type ClipFacts,
  type Facts,
  fileOf,
  pixelsOf,
  type Report,
} from '../../../preload/contract'
import { type FileSpec, shownFile } from '../../edits/job-spec'
import { codeOf } from '../../files/errno'
import { throughTemporary } from '../../files/temporary-file'
import { jobPoster, sentClip } from '../../home'
import type { Purpose } from '../../preflight'
import { contentTypeOf, fittingName } from '../../preflight/file-names'
import { MediaError } from '../../tools/media-error'
import type { Drive, Phase } from '../drive'
import { fullDisk, libraryFolder, localFailure, PhaseFailedError, requireSpace } from '../failures'
import { inTurn } from '../queues'
import type { ReadyFile } from '../record'

/** Bytes that preparing needs besides the files. */
const headroom = 100 * 1024 * 1024

/** Bytes that must be free for the result before anything is paid: more than the largest one seen. */
const resultRoom = 64 * 1024 * 1024

/** Waits in the queue; the job stays `queued` meanwhile. */
export const queuedPhase: Phase = async (_job, drive) =>
  await inTurn(drive.queues.prepare, drive.work, async () => {
    await prepare(drive.change({ to: 'preparing' }), drive)
  })

/** Prepares again after a crash, or if a prepared file is missing. */
export const preparePhase: Phase = async (job, drive) =>
  await inTurn(drive.queues.prepare, drive.work, () => prepare(job, drive))

/** Applies selections and fixes, checks the outcome, and keeps the clip to compare it with the result. */
const prepare: Phase = async (job, drive) => {
  // Fails before the person pays for a result that cannot be saved.
  await requireSpace(drive.ports, libraryFolder(drive.ports.library), resultRoom)
  const clipBytes = fileOf(job.spec.files, 'clip')?.bytes ?? 0
  await requireSpace(drive.ports, drive.ports.home.sent, clipBytes * 2 + headroom)
  drive.progress(0)
  let hasPoster = false
  const files: ReadyFile[] = []
  const shown = shownFile(job.spec.files)
  let firstFrame: Purpose['firstFrame'] = null
  for (const file of lastFrameLast(job.spec.files)) {
    if (file.role !== 'clip') {
      const ready = await readyOf(file, drive, firstFrame, () => {})
      if (file.role === 'first-frame') firstFrame = pixelsOf(ready.facts)
      files.push({ role: file.role, ...(await readyFileOf(ready.path, file, ready.facts)) })
      if (file === shown) hasPoster = await makePoster(ready.path, ready.facts, job.id, drive)
      continue
    }
    const ready = await readyOf(file, drive, null, drive.progress)
    const facts = clipFactsOf(file, ready.facts)
    firstFrame = pixelsOf(facts)
    const sent = await keepSent(ready, job.id, drive)
    await refuseChanged(file, drive)
    hasPoster = await makePoster(sent.path, facts, job.id, drive)
    const { duration: seconds, width, height } = facts
    const measures = { seconds, width, height }
    files.push({ role: file.role, ...(await readyFileOf(sent.path, file, facts)), ...measures })
  }
  drive.work.throwIfAborted()
  drive.change({ to: 'uploading', patch: { files, hasPoster } })
}

/** A last frame may have to be cropped like what the result begins with. Services do not mind this order. */
const lastFrameLast = (files: readonly FileSpec[]): FileSpec[] =>
  files.toSorted((a, b) => Number(a.role === 'last-frame') - Number(b.role === 'last-frame'))

interface Ready {
  path: string
  facts: Facts
  /** Whether the app made the file, so that no other program changes it. */
  isMade: boolean
}

const readyOf = async (
  file: FileSpec,
  drive: Drive,
  firstFrame: Purpose['firstFrame'],
  onProgress: (fraction: number) => void,
): Promise<Ready> => {
  await refuseChanged(file, drive)
  const work = { signal: drive.work, onProgress }
  const purpose = { role: file.role, firstFrame: firstFrame ?? null }
  try {
    const facts = await drive.ports.media.inspect(file.path, { signal: drive.work, decode: true })
    const { path, selection, fix } = file
    const outcome = await drive.ports.prepare(path, facts, selection, fix, work, purpose)
    refuseBroken(file, outcome.report)
    return { path: outcome.path, facts: outcome.facts, isMade: outcome.id !== null }
  } catch (error) {
    if (!(error instanceof MediaError)) throw error
    drive.ports.log.warn('A file could not be prepared', { job: drive.id, detail: error.detail })
    const values = { ...error.text.values, name: file.name, causeKey: error.text.key }
    throw new PhaseFailedError(localFailure('prepareFailed', 'fix-file', values), { cause: error })
  }
}

/** Looks at a source that could not be found, and milliseconds between two of them: a drive may be away for a moment. */
const looks = 4
const lookAgain = 500

/** The state of a source; null if it cannot be looked at. */
const sourceState = async ({ path }: FileSpec, drive: Drive): Promise<Stats | null> => {
  for (let left = looks - 1; ; left--) {
    try {
      return await stat(path)
    } catch (error) {
      const { id, ports } = drive
      ports.log.warn('A source cannot be looked at', { job: id, code: codeOf(error), left })
      if (left === 0) return null
      await ports.clock.sleep(lookAgain, drive.work)
    }
  }
}

/** Throws a `PhaseFailedError` unless the file is still the one that was submitted. */
const refuseChanged = async (file: FileSpec, drive: Drive): Promise<void> => {
  const found = await sourceState(file, drive)
  if (!found?.isFile())
    throw new PhaseFailedError(localFailure('sourceGone', 'fix-file', { name: file.name }))
  // File systems and JSON store times with different precision.
  const sameTime = Math.abs(found.mtimeMs - file.modifiedAt) < 2
  if (found.size !== file.bytes || !sameTime)
    throw new PhaseFailedError(localFailure('sourceChanged', 'fix-file', { name: file.name }))
}

const refuseBroken = (file: FileSpec, report: Report): void => {
  if (report.verdict !== 'fail') return
  const worst = report.findings.find((finding) => finding.level === 'fail')
  const values = {
    ...worst?.text.values,
    name: file.name,
    findingKey: worst?.text.key ?? 'job.unexpected',
  }
  throw new PhaseFailedError(localFailure('refused', 'fix-file', values))
}

type SizedClip = ClipFacts & { duration: number; width: number; height: number }

const clipFactsOf = (file: FileSpec, facts: Facts): SizedClip => {
  if (facts.kind === 'video') {
    const { duration, width, height } = facts
    if (duration !== null && width !== null && height !== null)
      return { ...facts, duration, width, height }
  }
  throw new PhaseFailedError(localFailure('sourceChanged', 'fix-file', { name: file.name }))
}

/** Keeps the clip as it is sent: the upload cannot change any more, and the clip can be compared with the result. */
const keepSent = async (ready: Ready, jobId: string, drive: Drive): Promise<{ path: string }> => {
  const kept = sentClip(drive.ports.home, jobId)
  try {
    await throughTemporary(kept, async (temporary) => {
      // A link is free, but the person's own file would change with it.
      const linked =
        ready.isMade &&
        (await link(ready.path, temporary).then(
          () => true,
          () => false,
        ))
      if (!linked) await copyFile(ready.path, temporary, constants.COPYFILE_FICLONE)
    })
  } catch (error) {
    throw fullDisk(error, drive.ports.home.sent, ready.facts.bytes ?? 0) ?? error
  }
  return { path: kept }
}

const makePoster = async (
  file: string,
  facts: Facts,
  jobId: string,
  drive: Drive,
): Promise<boolean> => {
  const poster = jobPoster(drive.ports.home, jobId)
  try {
    return await drive.ports.media.poster(file, facts, poster, { signal: drive.work })
  } catch (error) {
    drive.work.throwIfAborted()
    drive.ports.log.warn('No still of a file', { job: jobId, error })
    return false
  }
}

const readyFileOf = async (
  file: string,
  { name, of }: FileSpec,
  facts: Facts,
): Promise<Omit<ReadyFile, 'role'>> => {
  const { size, mtimeMs } = await stat(file)
  return {
    path: file,
    // Services rely on the extension, so it must fit the content.
    name: fittingName(name, facts),
    contentType: contentTypeOf(facts),
    bytes: size,
    modifiedAt: mtimeMs,
    ...(of === undefined ? {} : { of }),
  }
}
