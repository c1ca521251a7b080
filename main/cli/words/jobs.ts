import {
  type FailureAction,
  fileOf,
  filesOf,
  hasEnded,
  type Job,
  type JobFile,
  type LibraryEntry,
  needsAttention,
  providerTable,
} from '../../../preload/contract'
import type { ProviderData } from '../../../preload/contract/provider-row'
import { resultLife } from '../../../preload/contract/wan27'
import { localDate } from '../../library/file-name'
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
      return withProviderLines(job, 'cli.ended_failed', speak)
    case 'cancelled':
    case 'expired':
      return speak(`cli.ended_${job.state}`, { id, hours: resultLife / 3_600_000 })
    case 'uncertain':
      return speak('cli.ended_uncertain', { id, reason: uncertainRemark(job, speak) })
    default:
      if (needsAttention(job)) return withProviderLines(job, 'cli.ended_held', speak)
      return `${speak('cli.job', { id })}: ${speak(`state.${job.state}`)}`
  }
}

const withProviderLines = (job: Job, key: string, speak: Speak): string => {
  const { id, failure } = job
  const sentence = speak(key, { id: shortId(id), reason: reasonOf(job, speak) })
  return [sentence, ...(failure ? providerLines(failure, speak) : [])].join('\n')
}

/** Why a job failed or is held, what to do, and until when the provider keeps its result. */
const reasonOf = (job: Job, speak: Speak): string => {
  const { key, values } = job.failure?.text ?? { key: 'state.failed', values: {} }
  const kept = job.resumes ? keptUntil(job, speak) : null
  return sentences([speak(key, values), whatToDo(job, speak), kept], speak)
}

/** Until when the provider keeps the result, in one sentence; null if it is not known. */
export const keptUntil = ({ expiresAt }: Pick<Job, 'expiresAt'>, speak: Speak): string | null =>
  expiresAt === null ? null : speak('cli.kept_until', { when: localTime(expiresAt) })

/** `2026-11-20 14:05`, local time. */
export const localTime = (time: number): string => {
  const date = new Date(time)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${localDate(time)} ${two(date.getHours())}:${two(date.getMinutes())}`
}

/** The line below a job: why it failed or is held, what to do, what was billed; null for none. */
export const jobRemark = (job: Job, speak: Speak): string | null => {
  const billed = billedSentence(job, speak)
  if (job.state === 'failed' || needsAttention(job))
    return sentences([reasonOf(job, speak), billed], speak)
  if (job.state === 'uncertain') return uncertainRemark(job, speak)
  return billed
}

const uncertainRemark = ({ id, failure, looking }: Job, speak: Speak): string => {
  const { key, values } = failure?.text ?? { key: 'job.uncertain', values: {} }
  const next = speak(looking ? 'cli.resume_looks' : 'cli.settle', { id: shortId(id) })
  return sentences([speak(key, values), next], speak)
}

/** Files for JSON, without URLs of the window. */
const filesForPrograms = (files: readonly JobFile[]) =>
  files.map(({ role, name, selection, of }) => ({
    role,
    name,
    selection,
    ...(of === undefined ? {} : { of }),
  }))

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
    needsAttention: needsAttention(job),
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

/** Actions whose sentence already says how to try again. */
const saysAgain: readonly FailureAction[] = ['try-again', 'wait', 'reconnect', 'free-space']

/** What to do after a failure, in sentences; null if nothing helps or the failure already says it. */
const whatToDo = (job: Job, speak: Speak): string | null => {
  const step = stepFor(job, speak)
  const { failure, resumes = false } = job
  if (!resumes || failure === null || saysAgain.includes(failure.action)) return step
  return sentences([step, againFor('try-again', job, speak)], speak)
}

/** How to try again: an existing task goes on, and is not submitted again. */
const againFor = (action: FailureAction, { id, resumes }: Job, speak: Speak): string =>
  speak(`cli.step_${action}`, { again: resumes ? 'resume' : 'submit', id: shortId(id) })

const stepFor = (job: Job, speak: Speak): string | null => {
  const { failure } = job
  if (!failure) return null
  const row: ProviderData = providerTable[job.provider]
  switch (failure.action) {
    case 'enter-key':
      return row.keyVariable && speak('cli.step_enter-key', { variable: row.keyVariable })
    case 'try-region':
      return job.resumes
        ? row.keyVariable && speak('cli.step_own-region', { variable: row.keyVariable })
        : speak('tryRegion', failure.text.values)
    case 'top-up': {
      const isStorage = 'bucket' in failure.text.values
      return row.pages && !isStorage ? speak('cli.step_top-up', { page: row.pages.billing }) : null
    }
    case 'contact-provider': {
      const id = requestOf(job)
      return id && speak('cli.step_contact-provider', { id })
    }
    case 'try-again':
    case 'wait':
    case 'reconnect':
    case 'free-space':
      return againFor(failure.action, job, speak)
    case 'change-prompt':
    case 'fix-file':
    case 'choose-folder':
      return speak(`cli.step_${failure.action}`)
    default:
      return null
  }
}

/** The id by which the provider's support finds the request; null where the provider gave none. */
const requestOf = ({ failure, requestId, taskId }: Job): string | null =>
  failure?.provider?.requestId ?? requestId ?? taskId

/** Joins sentences; a provider's message may lack its full stop. */
export const sentences = (parts: readonly (string | null)[], speak: Speak): string =>
  parts
    .filter((part) => part !== null)
    .reduce((said, next) => {
      const ended = /[.!?…。！？]$/u.test(said) ? said : speak('cli.full_stop', { said })
      return speak('cli.followed', { said: ended, next })
    })
