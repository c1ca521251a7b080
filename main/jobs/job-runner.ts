import type { JobState } from '../../preload/contract'
import type { Drive, Phase } from './drive'
import { localFailure, PhaseFailedError } from './job-failures'
import type { JobRecord } from './job-record'
import { hasEnded } from './job-states'
import { IllegalTransitionError, isSqliteError, LeaseLostError } from './job-store'
import { cancelPhase } from './phases/cancel-phase'
import { downloadPhase } from './phases/download-phase'
import { pollPhase } from './phases/poll-phase'
import { preparePhase, queuedPhase } from './phases/prepare-phase'
import { lostSubmitPhase, uploadPhase } from './phases/send-phase'
import { uncertainPhase } from './phases/uncertain-phase'
import { noSetbacks } from './setbacks'

/** What is done in each state; null where nothing more happens. */
const phases: Record<JobState, Phase | null> = {
  queued: queuedPhase,
  preparing: preparePhase,
  uploading: uploadPhase,
  submitting: lostSubmitPhase,
  pending: pollPhase,
  running: pollPhase,
  downloading: downloadPhase,
  saved: null,
  failed: null,
  cancelled: null,
  expired: null,
  uncertain: uncertainPhase,
}

/** Whether there is anything left to do for it without a person. */
export const isDrivable = (job: JobRecord): boolean =>
  !hasEnded(job.state) || (job.state === 'uncertain' && !job.askPerson)

/**
 * Drives a job until nothing is left to do, or until this process must let go of it.
 * @param onlyWhile stops the drive when it says no, for one that has a single purpose
 */
export const driveJob = async (
  drive: Drive,
  onlyWhile: (job: JobRecord) => boolean = () => true,
): Promise<void> => {
  let state: JobState | null = null
  while (!drive.stop.aborted) {
    const job = drive.ports.store.get(drive.id)
    if (!job || !isDrivable(job) || !onlyWhile(job)) return
    if (job.state !== state) Object.assign(drive.setbacks, noSetbacks())
    state = job.state
    const phase =
      job.cancelRequested && job.state !== 'submitting' ? cancelPhase : phases[job.state]
    if (!phase) return
    try {
      await phase(job, drive)
    } catch (error) {
      if (!goesOn(error, drive)) return
    }
  }
}

/** Whether the job goes on after an error; what ends it is written down here. */
const goesOn = (error: unknown, drive: Drive): boolean => {
  if (drive.stop.aborted || error instanceof LeaseLostError) return false
  // A database that cannot be written must not be told so through the database: the job is left for later.
  if (isSqliteError(error)) {
    drive.ports.log.error('A job could not be written down', { job: drive.id, error })
    return false
  }
  if (!drive.ports.store.get(drive.id)) return false // forgotten by the person meanwhile
  // The work was stopped because a person cancels: the next round sees to it.
  if (drive.work.aborted && isAbort(error)) return true
  // A person settled it while an answer was on its way: there is nothing to add.
  if (error instanceof IllegalTransitionError && hasEndedMeanwhile(drive)) return false
  const failure =
    error instanceof PhaseFailedError ? error.failure : localFailure('unexpected', 'try-again')
  const { log } = drive.ports
  if (error instanceof PhaseFailedError)
    log.info('A job failed', { job: drive.id, failure: failure.text.key, cause: error.cause })
  else log.error('A job met an unexpected error', { job: drive.id, error })
  drive.change({ to: 'failed', patch: { failure } })
  return true
}

const hasEndedMeanwhile = (drive: Drive): boolean => {
  const job = drive.ports.store.get(drive.id)
  return !job || hasEnded(job.state)
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError'
