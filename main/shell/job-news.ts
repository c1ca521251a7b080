import type { Job, JobState, Text } from '../../preload/contract'

/** A desktop notification: what to say, and where a click leads. */
export interface JobNews {
  title: Text
  body: string
  view: 'queue' | 'library'
  /** Job or library entry to show. */
  id: string
}

/** Ends that a person wants to hear of; who cancels a job knows already. */
const titles: Partial<Record<JobState, string>> = {
  saved: 'shell.notification.saved',
  failed: 'shell.notification.failed',
  expired: 'shell.notification.expired',
  uncertain: 'shell.notification.uncertain',
}

/**
 * What is worth a notification when a job changes. Null unless the job has just reached its end: one that had ended
 * before, or was never seen on its way, is old news.
 */
export const newsOf = (
  previous: JobState | undefined,
  job: Job,
  say: (text: Text) => string,
): JobNews | null => {
  const title = titles[job.state]
  if (!title || previous === undefined || previous === job.state || titles[previous]) return null
  const reason = job.failure ? say(job.failure.text) : firstLine(job.prompt)
  return {
    title: { key: title, values: { name: job.clipName } },
    body: reason,
    view: job.state === 'saved' ? 'library' : 'queue',
    id: job.state === 'saved' ? (job.libraryId ?? job.id) : job.id,
  }
}

const firstLine = (prompt: string): string => {
  const line = prompt.trim().split('\n')[0] ?? ''
  return line.length > 120 ? `${line.slice(0, 119)}…` : line
}
