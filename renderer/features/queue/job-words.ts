import type { Job, Language } from '../../../preload/contract'
import { endedWithoutResult } from '../../../preload/contract/job-states'
import { languageRow } from '../../../preload/contract/language/languages'

type Day = 'today' | 'tomorrow' | 'later' | 'past'

/** The day of a time relative to now, in the computer's time zone; both in ms since the epoch. */
export const dayOf = (time: number, now: number): Day => {
  if (time <= now) return 'past'
  const midnight = new Date(now)
  midnight.setHours(24, 0, 0, 0)
  if (time < midnight.getTime()) return 'today'
  midnight.setHours(24, 0, 0, 0)
  return time < midnight.getTime() ? 'tomorrow' : 'later'
}

/** '14:20' */
export const clockTime = (time: number, language: Language): string =>
  new Intl.DateTimeFormat(languageRow(language).clock, {
    hour: '2-digit',
    minute: '2-digit',
  }).format(time)

/** '21 Nov', '11月21日' */
export const calendarDay = (time: number, language: Language): string =>
  new Intl.DateTimeFormat(languageRow(language).clock, { day: 'numeric', month: 'short' }).format(
    time,
  )

/** What an edit costs: the billed amount if it is known, else the estimate. */
export type Cost =
  | { kind: 'none' }
  | { kind: 'free' }
  | {
      kind: 'estimate'
      seconds: number
      amount: number
      currency: string
      /** The highest possible amount, where the provider's documents are not clear. */
      most: number | null
    }
  | {
      kind: 'billed'
      /** null if the provider reports only the amount. */
      seconds: number | null
      /** null if the provider reports only seconds and their price is not known. */
      amount: number | null
      currency: string
      /** The estimate, if it was a different amount. */
      instead: number | null
    }

export const costOf = ({
  state,
  estimate,
  billed,
}: Pick<Job, 'state' | 'estimate' | 'billed'>): Cost => {
  if (billed) {
    if (billed.amount === 0) return { kind: 'free' }
    const other =
      estimate !== null && Math.abs(estimate.amount - (billed.amount ?? estimate.amount)) > 0.0005
    return {
      kind: 'billed',
      seconds: billed.seconds,
      amount: billed.amount,
      currency: billed.currency,
      instead: other ? estimate.amount : null,
    }
  }
  if (!estimate || endedWithoutResult(state)) return { kind: 'none' }
  if (estimate.amount === 0) return { kind: 'free' }
  return {
    kind: 'estimate',
    seconds: estimate.seconds.billed,
    amount: estimate.amount,
    currency: estimate.currency,
    most: estimate.amountUpTo ?? null,
  }
}

/** Milliseconds from the submission of a job to its last change of state. */
export const durationOf = (job: Pick<Job, 'createdAt' | 'updatedAt' | 'phases'>): number => {
  const ends = job.phases.flatMap(({ startedAt, endedAt }) =>
    endedAt === null ? startedAt : endedAt,
  )
  return Math.max(0, Math.max(job.createdAt, ...ends) - job.createdAt)
}
