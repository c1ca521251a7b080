import { hasEnded } from '../../preload/contract'
import type { JobPorts } from './ports'
import type { JobRecord } from './record'
import { canResume } from './view'

/** Milliseconds that deleting uploads may take. */
const timeLimit = 30_000

/**
 * Whether a job no longer needs its uploads: it has ended, and a retry would create a new task or only download the
 * result. The provider of an uncertain job may still fetch its files.
 */
export const isDoneWithUploads = (job: JobRecord, now: number): boolean =>
  hasEnded(job.state) &&
  job.state !== 'uncertain' &&
  (job.resultUrl !== null || !canResume(job, now))

/** Whether uploads are in the person's bucket. A provider's storage has its own URL scheme and deletes files itself. */
const isInBucket = ({ uploads }: JobRecord): boolean =>
  uploads.some(({ url }) => /^https?:/.test(url))

/** Whether there is anything to delete: files, or parts of an interrupted upload. */
export const holdsUploads = (job: JobRecord): boolean =>
  !job.released && (isInBucket(job) || job.uploads.length < (job.files?.length ?? 0))

type Ports = Pick<JobPorts, 'store' | 'uploads' | 'log'>

/** Deletes the uploads of a job. If that fails, the next start of the app tries again. */
export const releaseUploads = async (
  job: JobRecord,
  { store, uploads, log }: Ports,
  stop?: AbortSignal,
): Promise<void> => {
  if (!holdsUploads(job)) return
  const limit = AbortSignal.timeout(timeLimit)
  const uploaded = {
    urls: job.uploads.map(({ url }) => url),
    paths: (job.files ?? []).map(({ path }) => path),
  }
  try {
    await uploads.release(uploaded, stop ? AbortSignal.any([stop, limit]) : limit)
    const patch = { uploads: [], released: true }
    store.change(job.id, null, { patch, note: { released: job.uploads.length } })
  } catch (error) {
    log.warn('Uploads could not be deleted', { job: job.id, error })
  }
}
