import { type Failure, hasEnded, type JobState, needsAttention } from '../../preload/contract'
import { logUnexpected } from '../log'
import type { Drive, Phase } from './drive'
import { localFailure, PhaseFailedError } from './failures'
import { cancelPhase } from './phases/cancel-phase'
import { downloadPhase } from './phases/download-phase'
import { pollPhase } from './phases/poll-phase'
import { preparePhase, queuedPhase } from './phases/prepare-phase'
import { lostSubmitPhase, uploadPhase } from './phases/send-phase'
import { uncertainPhase } from './phases/uncertain-phase'
import { type JobRecord, mayBeKept } from './record'
import { noSetbacks } from './retry'
import { IllegalTransitionError, isSqliteError, LeaseLostError } from './store'

/** The phase of each state; null where the job has ended. */
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

/** Whether the job can continue without a decision by the person. */
export const isDrivable = (job: JobRecord): boolean =>
  !hasEnded(job.state) || (job.state === 'uncertain' && !job.askPerson)

/**
 * Drives one job until it ends, needs a decision, or this process must stop driving it. Rejects where the database fails.
 * @param onlyWhile ends the drive when it returns false
 */
export const driveJob = async (
  drive: Drive,
  onlyWhile: (job: JobRecord) => boolean = () => true,
): Promise<void> => {
  let state: JobState | null = null
  tryHeldAgain(drive)
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
      if (!(await continuesAfter(error, drive))) return
    }
  }
}

/** A job that was held when another process stopped driving it is tried at once: the cause may be mended. */
const tryHeldAgain = ({ id, ports, change }: Drive): void => {
  const job = ports.store.get(id)
  if (job && needsAttention(job)) change({ patch: { failure: null } })
}

/** Whether the drive continues after an error. Rejects with an error of the database. */
const continuesAfter = async (error: unknown, drive: Drive): Promise<boolean> => {
  if (drive.stop.aborted || error instanceof LeaseLostError) return false
  // Never record a SQLite failure in SQLite. The job continues later.
  if (isSqliteError(error)) throw error
  const job = drive.ports.store.get(drive.id)
  if (!job) return false // removed by the person meanwhile
  // Cancelled by the person: the next loop runs cancelPhase.
  if (drive.work.aborted && isAbort(error)) return true
  // The person ended the job while an answer was on its way.
  if (error instanceof IllegalTransitionError && hasEndedMeanwhile(drive)) return false
  return await settle(failureOf(error, drive), job, drive).then(
    () => true,
    () => false, // stopped while the job was held
  )
}

const failureOf = (error: unknown, { id: job, ports: { log } }: Drive): Failure => {
  if (error instanceof PhaseFailedError) {
    const { failure, cause } = error
    log.info('A job cannot go on', { job, failure: failure.text.key, cause })
    return failure
  }
  const id = logUnexpected(log, 'A job met an unexpected error', { job, error })
  return localFailure('unexpectedError', 'try-again', { id })
}

/**
 * What a failure means for a job in its state. Before the create the job ends: nothing was paid. Afterwards it never
 * ends because of something that happened here.
 */
const settle = async (failure: Failure, job: JobRecord, drive: Drive): Promise<void> => {
  if (mayBeKept(job, drive.ports.clock.now())) await drive.hold(failure)
  else if (job.state === 'submitting')
    drive.change({ to: 'uncertain', patch: { failure: localFailure('uncertain', 'none') } })
  else if (job.state === 'uncertain') drive.change({ patch: { askPerson: true } })
  else drive.change({ to: 'failed', patch: { failure } })
}

const hasEndedMeanwhile = (drive: Drive): boolean => {
  const job = drive.ports.store.get(drive.id)
  return !job || hasEnded(job.state)
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError'
