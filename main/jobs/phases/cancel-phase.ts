import { ProviderError } from '../../providers/provider'
import type { Phase } from '../drive'
import { isBeforeSubmit } from '../job-states'
import { attempts, delayAfterFailure, offlineDelay, setbackOf } from '../polling'

/** Does what a person asked for when they cancelled. Once a task runs it only forgets the request: it is too late. */
export const cancelPhase: Phase = async (job, drive) => {
  if (isBeforeSubmit(job.state)) {
    drive.change({ to: 'cancelled', patch: { cancelRequested: false } })
    return
  }
  const tooLate = (reason: string) => {
    drive.change({ patch: { cancelRequested: false }, note: { cancel: reason } })
  }
  const refused = ({ failure, message }: ProviderError) => {
    const patch = { cancelRequested: false, cancelFailure: failure }
    drive.change({ patch, note: { cancel: message } })
  }
  if (job.state !== 'pending' || job.taskId === null) return tooLate('too late')
  try {
    const provider = await drive.ports.providers.get(job.provider)
    if (!provider.cancel) return tooLate('the provider cannot')
    const answer = await provider.cancel(job.taskId, { signal: drive.stop })
    if (answer === 'too-late') return tooLate('too late')
    drive.change({ to: 'cancelled', patch: { cancelRequested: false, taskOver: true } })
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    drive.setbacks.failures++
    const { failures } = drive.setbacks
    const setback = setbackOf(error)
    if (setback === 'lasting' || failures >= attempts.send) return refused(error)
    drive.trouble(error.failure.text)
    const { random, timing } = drive.ports
    await drive.pause(
      setback === 'offline'
        ? offlineDelay(random())
        : delayAfterFailure(timing.backoff, failures, error.retryAfter, random()),
    )
  }
}
