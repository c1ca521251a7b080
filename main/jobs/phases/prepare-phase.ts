import { constants } from 'node:fs'
import { copyFile, link, stat } from 'node:fs/promises'
import type { ClipFacts, Facts, Report } from '../../../preload/contract'
import type { FileSpec } from '../../edits/edit-spec'
import { throughTemporary } from '../../files/temporary-file'
import { jobPoster, sentClip } from '../../home'
import { MediaError } from '../../tools/media-error'
import { fullDisk, libraryFolder } from '../disk-failure'
import type { Drive, Phase } from '../drive'
import { localFailure, PhaseFailedError } from '../job-failures'
import type { ReadyFile } from '../job-record'
import { uploadNameOf } from '../upload-name'
import { takeTurn } from '../work-queues'

/** Bytes that preparing needs beside the file itself. */
const headroom = 100 * 1024 * 1024

/** Waits for a turn; the job stays `queued` meanwhile. */
export const queuedPhase: Phase = async (_job, drive) =>
  await takeTurn(drive.queues.prepare, drive.work, async () => {
    await prepare(drive.change({ to: 'preparing' }), drive)
  })

/** Begins again where another process left off, or where a prepared file has gone. */
export const preparePhase: Phase = async (job, drive) =>
  await takeTurn(drive.queues.prepare, drive.work, () => prepare(job, drive))

/** Makes what will be sent: selection and fixes applied, measured and checked again, the clip kept for comparison. */
const prepare: Phase = async (job, drive) => {
  const { clip, images } = job.spec
  libraryFolder(drive) // a result that cannot be kept would be paid for nothing
  await needSpace(drive, clip.bytes)
  drive.progress(0)
  const ready = await readyOf(clip, clip.selection, drive, (fraction) => drive.progress(fraction))
  const facts = clipFactsOf(clip, ready.facts)
  const sent = await keepSent(ready, job.id, drive)
  await unchanged(clip)
  const hasPoster = await makePoster(sent.path, facts, job.id, drive)
  const readyImages: ReadyFile[] = []
  for (const image of images) {
    const prepared = await readyOf(image, null, drive, () => {})
    readyImages.push(await readyFileOf(prepared.path, image.name, prepared.facts))
  }
  drive.work.throwIfAborted()
  const { duration, width, height } = facts
  const clipFile = {
    ...(await readyFileOf(sent.path, clip.name, facts)),
    seconds: duration,
    width,
    height,
  }
  drive.change({
    to: 'uploading',
    patch: { files: { clip: clipFile, images: readyImages }, hasPoster },
  })
}

interface Ready {
  path: string
  facts: Facts
  /** Whether it is a file of ours, that nobody else changes. */
  ours: boolean
}

const readyOf = async (
  file: FileSpec,
  selection: { start: number; end: number } | null,
  drive: Drive,
  onProgress: (fraction: number) => void,
): Promise<Ready> => {
  await unchanged(file)
  const work = { signal: drive.work, onProgress }
  try {
    const facts = await drive.ports.media.inspect(file.path, { signal: drive.work })
    const outcome = await drive.ports.prepare(file.path, facts, selection, file.fix, work)
    refuseBroken(file, outcome.report)
    return { path: outcome.path, facts: outcome.facts, ours: outcome.id !== null }
  } catch (error) {
    if (!(error instanceof MediaError)) throw error
    drive.ports.log.warn('A file could not be prepared', { job: drive.id, detail: error.detail })
    const values = { ...error.text.values, name: file.name, causeKey: error.text.key }
    throw new PhaseFailedError(localFailure('prepareFailed', 'fix-file', values), { cause: error })
  }
}

/** The file is still the one that was submitted. */
const unchanged = async (file: FileSpec): Promise<void> => {
  const found = await stat(file.path).catch(() => null)
  if (!found?.isFile())
    throw new PhaseFailedError(localFailure('sourceGone', 'fix-file', { name: file.name }))
  // Times cross JSON and file systems of different precision.
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

const needSpace = async (drive: Drive, bytes: number): Promise<void> => {
  const { home, freeBytes } = drive.ports
  const needed = bytes * 2 + headroom
  const free = await freeBytes(home.sent)
  if (free < needed)
    throw new PhaseFailedError(
      localFailure('noSpace', 'free-space', {
        folder: home.sent,
        needed: Math.ceil(needed / 1e6),
        free: Math.floor(free / 1e6),
      }),
    )
}

/** The clip as it is sent, under the job's name: what is uploaded cannot change any more, and can be compared later. */
const keepSent = async (ready: Ready, jobId: string, drive: Drive): Promise<{ path: string }> => {
  const kept = sentClip(drive.ports.home, jobId)
  try {
    await throughTemporary(kept, async (temporary) => {
      // A second name for a file of ours costs nothing; the person's own file may change under any of its names.
      const linked =
        ready.ours &&
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
  clip: string,
  facts: Facts,
  jobId: string,
  drive: Drive,
): Promise<boolean> => {
  const poster = jobPoster(drive.ports.home, jobId)
  try {
    return await drive.ports.media.poster(clip, facts, poster, { signal: drive.work })
  } catch (error) {
    drive.work.throwIfAborted()
    drive.ports.log.warn('No still of a clip', { job: jobId, error })
    return false
  }
}

const readyFileOf = async (file: string, name: string, facts: Facts): Promise<ReadyFile> => {
  const { size, mtimeMs } = await stat(file)
  return { path: file, bytes: size, modifiedAt: mtimeMs, ...uploadNameOf(name, facts) }
}
