import type { JobPorts } from './job-ports'
import type { JobRecord } from './job-record'
import { hasEnded } from './job-states'
import { canResume } from './job-view'

/** Milliseconds that taking uploads back may take. */
const patience = 30_000

/**
 * Whether what was uploaded for a job is needed no more: it has ended, and trying again would not go on with
 * its task, or only fetch the result. A job whose create is in doubt may still have its clip fetched.
 */
export const isDoneWithUploads = (job: JobRecord, now: number): boolean =>
  hasEnded(job.state) &&
  job.state !== 'uncertain' &&
  (job.resultUrl !== null || !canResume(job, now))

/** What a provider stores for itself has an address of its own kind, and an end of its own. */
const isOurs = ({ uploads }: JobRecord): boolean => uploads.some(({ url }) => /^https?:/.test(url))

/** Whether there is anything to take back: objects, or what an upload that was stopped has left of one. */
export const holdsUploads = (job: JobRecord): boolean => {
  const files = job.files ? 1 + job.files.images.length : 0
  return isOurs(job) || job.uploads.length < files
}

type Ports = Pick<JobPorts, 'store' | 'uploads' | 'log'>

/** Takes back what was uploaded for a job. What cannot be reached now is tried again at the next start. */
export const releaseUploads = async (
  job: JobRecord,
  { store, uploads, log }: Ports,
  stop?: AbortSignal,
): Promise<void> => {
  if (!holdsUploads(job)) return
  const limit = AbortSignal.timeout(patience)
  const files = job.files ? [job.files.clip, ...job.files.images] : []
  const uploaded = {
    urls: job.uploads.map(({ url }) => url),
    paths: files.map(({ path }) => path),
  }
  try {
    await uploads.release(uploaded, stop ? AbortSignal.any([stop, limit]) : limit)
    const { length } = job.uploads
    if (length > 0)
      store.change(job.id, null, { patch: { uploads: [] }, note: { released: length } })
  } catch (error) {
    log.warn('Uploads could not be taken back', { job: job.id, error })
  }
}
