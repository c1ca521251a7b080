import { ProviderError } from '../../providers/provider'
import type { Phase } from '../drive'
import { retryRules } from '../retry'
import { isBeforeSubmit } from '../states'

/** Cancels the job, or drops the request if the task already runs. */
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
    if (!(await drive.retry(retryRules.cancel, error))) refused(error)
  }
}
