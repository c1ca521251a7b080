import type { Job, LibraryEntry } from '../../../preload/contract'
import { resultLife } from '../../../preload/contract/wan27'
import { billedSentence } from './billed-words'
import { sentences, whatToDo } from './what-to-do'
import { providerLines, type Speak } from './words'

/** As much of an id as people need. */
export const shortId = (id: string): string => id.slice(0, 8)

/** How a job ended, or where it is, in one line or a few. */
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

/** Why a job failed, and what helps. */
const reasonOf = (job: Job, speak: Speak): string => {
  const { key, values } = job.failure?.text ?? { key: 'state.failed', values: {} }
  return sentences([speak(key, values), whatToDo(job, speak)], speak)
}

/** What a list says of a job beside its line: why it did not end well, what helps, what it was billed; null for nothing. */
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

/** A job as a program reads it: no addresses of the window, its file by path, its failure also in English. */
export const jobForPrograms = (job: Job, path: string | null, english: Speak) => {
  const { posterUrl: _poster, images, failure, ...rest } = job
  return {
    ...rest,
    images: images.map(({ name }) => name),
    failure: failure && { ...failure, message: english(failure.text.key, failure.text.values) },
    path,
  }
}

/** A result as a program reads it: its file by path. */
export const entryForPrograms = (entry: LibraryEntry, path: string | null) => {
  const { urls: _urls, images, ...rest } = entry
  return { ...rest, images: images.map(({ name }) => name), path }
}

/** Nothing more happens to the job by itself, unless it is looked for at its provider. */
export const hasEnded = (job: Job): boolean =>
  ['saved', 'failed', 'cancelled', 'expired', 'uncertain'].includes(job.state)

/** The provider knows of the job, or it has ended. */
export const wasCreated = (job: Job): boolean =>
  hasEnded(job) || ['pending', 'running', 'downloading'].includes(job.state)
