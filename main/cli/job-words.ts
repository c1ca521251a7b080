import type { Job, LibraryEntry } from '../../preload/contract'
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
    case 'uncertain':
      return speak(`cli.ended_${job.state}`, { id })
    default:
      return `${speak('cli.job', { id })}: ${speak(`state.${job.state}`)}`
  }
}

const failedOutcome = ({ id, failure }: Job, speak: Speak): string => {
  const { key, values } = failure?.text ?? { key: 'state.failed', values: {} }
  const sentence = speak('cli.ended_failed', { id: shortId(id), reason: speak(key, values) })
  const hint = failure?.action === 'try-region' ? [`  ${speak('tryRegion', values)}`] : []
  return [sentence, ...(failure ? providerLines(failure, speak) : []), ...hint].join('\n')
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

/** Nothing more happens to the job by itself. */
export const hasEnded = (job: Job): boolean =>
  ['saved', 'failed', 'cancelled', 'expired', 'uncertain'].includes(job.state)

/** The provider knows of the job, or it has ended. */
export const wasCreated = (job: Job): boolean =>
  hasEnded(job) || ['pending', 'running', 'downloading'].includes(job.state)
