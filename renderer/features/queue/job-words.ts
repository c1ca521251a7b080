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

const inClock = (time: number, language: Language, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(languageRow(language).clock, options).format(time)

/** '14:20' */
export const clockTime = (time: number, language: Language): string =>
  inClock(time, language, { hour: '2-digit', minute: '2-digit' })

/** '21 Nov', '11月21日' */
export const calendarDay = (time: number, language: Language): string =>
  inClock(time, language, { day: 'numeric', month: 'short' })

/** What an edit costs: the billed amount if it is known, else the estimate. */
export type Cost =
  | { kind: 'none' | 'free' }
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

/** The members of a job that its cost depends on. */
export type Priced = Pick<Job, 'state' | 'estimate' | 'billed'>

export const costOf = ({ state, estimate, billed }: Priced): Cost => {
  if (billed) {
    const { seconds, amount, currency } = billed
    if (amount === 0) return { kind: 'free' }
    const isOther =
      estimate !== null && amount !== null && Math.abs(estimate.amount - amount) > 0.0005
    return { kind: 'billed', seconds, amount, currency, instead: isOther ? estimate.amount : null }
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
  const ends = job.phases.map(({ startedAt, endedAt }) => endedAt ?? startedAt)
  return Math.max(job.createdAt, ...ends) - job.createdAt
}
