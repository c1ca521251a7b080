import {
  type FailureAction,
  fileOf,
  filesOf,
  hasEnded,
  type Job,
  type JobFile,
  type LibraryEntry,
  providerTable,
} from '../../../preload/contract'
import type { ProviderData } from '../../../preload/contract/provider-row'
import { resultLife } from '../../../preload/contract/wan27'
import { shownNumber } from '../../preflight/wording'
import { providerLines, type Speak } from './words'

/** The beginning of an id, for people. */
export const shortId = (id: string): string => id.slice(0, 8)

/** How a job ended, or its state, in one or a few lines. */
export const jobOutcome = (job: Job, path: string | null, speak: Speak): string => {
  const id = shortId(job.id)
  switch (job.state) {
    case 'saved':
      return speak('cli.saved', { path: path ?? '' })
    case 'failed':
      return failedOutcome(job, speak)
    case 'cancelled':
    case 'expired':
      return speak(`cli.ended_${job.state}`, { id, hours: resultLife / 3_600_000 })
    case 'uncertain':
      return speak(job.looking ? 'cli.ended_uncertain' : 'cli.ended_undecided', { id })
    default:
      return `${speak('cli.job', { id })}: ${speak(`state.${job.state}`)}`
  }
}

const failedOutcome = (job: Job, speak: Speak): string => {
  const { id, failure } = job
  const sentence = speak('cli.ended_failed', { id: shortId(id), reason: reasonOf(job, speak) })
  return [sentence, ...(failure ? providerLines(failure, speak) : [])].join('\n')
}

/** Why a job failed and what to do. */
const reasonOf = (job: Job, speak: Speak): string => {
  const { key, values } = job.failure?.text ?? { key: 'state.failed', values: {} }
  return sentences([speak(key, values), whatToDo(job, speak)], speak)
}

/** The line below a job: why it failed, what to do, what was billed; null for none. */
export const jobRemark = (job: Job, speak: Speak): string | null => {
  const billed = billedSentence(job, speak)
  if (job.state === 'failed') return sentences([reasonOf(job, speak), billed], speak)
  if (job.state === 'uncertain') return uncertainRemark(job, speak)
  return billed
}

const uncertainRemark = ({ failure, looking }: Job, speak: Speak): string => {
  const { key, values } = failure?.text ?? { key: 'job.uncertain', values: {} }
  const next = speak(looking ? 'cli.resume_looks' : 'cli.decide_in_window')
  return sentences([speak(key, values), next], speak)
}

/** Files for JSON, without URLs of the window. */
const filesForPrograms = (files: readonly JobFile[]) =>
  files.map(({ role, name, selection }) => ({ role, name, selection }))

/**
 * A job for JSON: no URLs of the window, the path of its result, its failure also in English.
 * `clipId`, `clipName`, `images` and `selection` repeat `files` for programs written for version 0.1.
 */
export const jobForPrograms = (job: Job, path: string | null, english: Speak) => {
  const { posterUrl: _poster, files, failure, ...rest } = job
  const clip = fileOf(files, 'clip')
  return {
    ...rest,
    files: filesForPrograms(files),
    clipId: clip?.mediaId ?? null,
    clipName: job.name,
    images: filesOf(files, 'reference-image').map(({ name }) => name),
    selection: clip?.selection ?? null,
    failure: failure && { ...failure, message: english(failure.text.key, failure.text.values) },
    path,
  }
}

/** A result for JSON, with the path of its file. */
export const entryForPrograms = (entry: LibraryEntry, path: string | null) => {
  const { urls: _urls, files, ...rest } = entry
  const clip = fileOf(files, 'clip')
  return {
    ...rest,
    files: filesForPrograms(files),
    images: filesOf(files, 'reference-image').map(({ name }) => name),
    source: { name: clip?.name ?? '', selection: clip?.selection ?? null },
    path,
  }
}

/** Whether the provider has the task, or the job has ended. */
export const wasCreated = ({ state }: Job): boolean =>
  hasEnded(state) || state === 'pending' || state === 'running' || state === 'downloading'

/** '1.5 USD', '24 credits'; small amounts have more digits. */
export const money = (amount: number, unit: string): string => {
  const digits = unit === 'credits' || amount >= 0.1 ? 2 : 3
  return `${Number(amount.toFixed(digits))} ${unit}`
}

/** What was billed, in one sentence; null where nothing was billed or the amount is unknown. */
export const billedSentence = ({ billed }: Pick<Job, 'billed'>, speak: Speak): string | null => {
  if (!billed || billed.amount === 0) return null
  const { seconds, amount, currency } = billed
  const parts = [
    ...(seconds === null ? [] : [speak('cli.seconds', { seconds: shownNumber(seconds, []) })]),
    ...(amount === null ? [] : [money(amount, currency)]),
  ]
  return parts.length > 0 ? speak('cli.billed', { what: parts.join(speak('cli.separator')) }) : null
}

/** The same for a job that has just ended; also reports that the provider does not tell the amount. */
export const billedAtEnd = (job: Job, speak: Speak): string | null => {
  const untold = job.state === 'saved' && (job.billed?.amount ?? null) === null
  const costs = (job.estimate?.amount ?? 0) > 0
  return billedSentence(job, speak) ?? (untold && costs ? speak('cli.billed_untold') : null)
}

/** What to do after a failure, as a sentence; null if nothing helps or the failure already says it. */
export const whatToDo = (job: Job, speak: Speak): string | null => {
  const { failure } = job
  if (!failure) return null
  const row: ProviderData = providerTable[job.provider]
  switch (failure.action) {
    case 'enter-key':
      return row.keyVariable && speak('cli.step_enter-key', { variable: row.keyVariable })
    case 'try-region':
      return speak('tryRegion', failure.text.values)
    case 'top-up': {
      const isStorage = 'bucket' in failure.text.values
      return row.pages && !isStorage ? speak('cli.step_top-up', { page: row.pages.billing }) : null
    }
    case 'contact-provider':
      return speak('cli.step_contact-provider', { id: requestOf(job) })
    default:
      return stepFor(failure.action, speak, job.resumes)
  }
}

const stepFor = (
  action: FailureAction,
  speak: Speak,
  resumes: boolean | undefined,
): string | null => {
  // An existing task is resumed, not submitted again.
  const again = resumes ? 'resume' : 'submit'
  switch (action) {
    case 'try-again':
    case 'wait':
    case 'reconnect':
    case 'free-space':
      return speak(`cli.step_${action}`, { again })
    case 'change-prompt':
    case 'fix-file':
    case 'choose-folder':
      return speak(`cli.step_${action}`)
    default:
      return null
  }
}

const requestOf = ({ failure, requestId, taskId, id }: Job): string =>
  failure?.provider?.requestId ?? requestId ?? taskId ?? id

/** Joins sentences; a provider's message may lack its full stop. */
export const sentences = (parts: readonly (string | null)[], speak: Speak): string =>
  parts
    .filter((part) => part !== null)
    .reduce((said, next) => {
      const ended = /[.!?…。！？]$/u.test(said) ? said : speak('cli.full_stop', { said })
      return speak('cli.followed', { said: ended, next })
    })
