import type { Billed, Estimate, Job, Language } from '../../../preload/contract'
import { languageRow } from '../../../preload/contract/language/languages'

/** Today, tomorrow or later, as the person's calendar has it. */
export type Day = 'today' | 'tomorrow' | 'later' | 'past'

/** The day of a moment as seen from now; both in ms since the epoch, in the computer's time zone. */
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

/** What an edit costs: what was really billed where that is known, else the estimate. */
export type Cost =
  | { kind: 'none' }
  | { kind: 'free' }
  | {
      kind: 'estimate'
      seconds: number
      amount: number
      currency: string
      /** The most that it may be, where documents leave doubt. */
      most: number | null
    }
  | {
      kind: 'billed'
      /** null where the provider named the amount alone. */
      seconds: number | null
      /** null where the provider named seconds but no price is known. */
      amount: number | null
      currency: string
      /** The estimate, where it was another one. */
      instead: number | null
    }

const endedUnbilled: readonly Job['state'][] = ['failed', 'cancelled', 'expired']

export const costOf = (job: {
  state: Job['state']
  estimate: Estimate | null
  billed: Billed | null
}): Cost => {
  const { estimate, billed } = job
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
  if (!estimate || endedUnbilled.includes(job.state)) return { kind: 'none' }
  if (estimate.amount === 0) return { kind: 'free' }
  return {
    kind: 'estimate',
    seconds: estimate.seconds.billed,
    amount: estimate.amount,
    currency: estimate.currency,
    most: estimate.amountUpTo ?? null,
  }
}

/** Milliseconds from the start of a job to its end, or to its last news. */
export const timeTaken = (job: Pick<Job, 'createdAt' | 'updatedAt' | 'phases'>): number => {
  const ends = job.phases.flatMap(({ startedAt, endedAt }) =>
    endedAt === null ? startedAt : endedAt,
  )
  return Math.max(0, Math.max(job.createdAt, ...ends) - job.createdAt)
}
