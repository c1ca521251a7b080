import type { Job } from '../../../preload/contract'
import { money } from '../commands/confirm-cost'
import type { Speak } from './words'

/** What an edit was billed, in one sentence; null where nothing was, and while nobody knows. */
export const billedSentence = ({ billed }: Pick<Job, 'billed'>, speak: Speak): string | null => {
  if (!billed || billed.amount === 0) return null
  const { seconds, amount, currency } = billed
  const parts = [
    ...(seconds === null ? [] : [speak('cli.seconds', { seconds })]),
    ...(amount === null ? [] : [money(amount, currency)]),
  ]
  return parts.length > 0 ? speak('cli.billed', { what: parts.join(speak('cli.separator')) }) : null
}

/** The same for an edit that has just ended, also where its service keeps it to itself. */
export const billedAtEnd = (job: Job, speak: Speak): string | null => {
  const untold = job.state === 'saved' && (job.billed?.amount ?? null) === null
  const costs = (job.estimate?.amount ?? 0) > 0
  return billedSentence(job, speak) ?? (untold && costs ? speak('cli.billed_untold') : null)
}
