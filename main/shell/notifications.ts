import { Notification } from 'electron'
import type { Job, JobState, Text } from '../../preload/contract'
import { resourcePath } from './resources'

/** A desktop notification about a job, and what a click on it shows. */
interface JobNews {
  title: Text
  body: string
  view: 'queue' | 'library'
  /** Job or library entry to show. */
  id: string
}

/** The ends worth a notification; a person who cancels a job knows it. */
const titles: Partial<Record<JobState, string>> = {
  saved: 'shell.notification.saved',
  failed: 'shell.notification.failed',
  expired: 'shell.notification.expired',
  uncertain: 'shell.notification.uncertain',
}

/** The notification for a change of a job; null unless the job has just ended. */
export const newsOf = (
  previous: JobState | undefined,
  job: Job,
  say: (text: Text) => string,
): JobNews | null => {
  const title = titles[job.state]
  if (!title || previous === undefined || previous === job.state || titles[previous]) return null
  const isSaved = job.state === 'saved'
  return {
    title: { key: title, values: { name: job.name } },
    body: job.failure ? say(job.failure.text) : firstLine(job.prompt),
    view: isSaved ? 'library' : 'queue',
    id: (isSaved && job.libraryId) || job.id,
  }
}

const firstLine = (prompt: string): string => {
  const line = prompt.trim().split('\n')[0] ?? ''
  return line.length > 120 ? `${line.slice(0, 119)}…` : line
}

interface NotificationOptions {
  say: (text: Text) => string
  /** Whether notifications are enabled and the window is not in focus. */
  isWanted: () => boolean
  /** Called when the person clicks a notification. */
  open: (view: 'queue' | 'library', id: string) => void
}

/** Gives the function to call with every changed job; it notifies the desktop when one ends. */
export const createJobNotifier = (jobs: readonly Job[], options: NotificationOptions) => {
  const states = new Map<string, JobState>(jobs.map((job) => [job.id, job.state]))
  return (job: Job): void => {
    const news = newsOf(states.get(job.id), job, options.say)
    states.set(job.id, job.state)
    if (news && options.isWanted())
      notify(options.say(news.title), news.body, () => options.open(news.view, news.id))
  }
}

/** Referenced until they close, because a collected notification loses its click listener. */
const open = new Set<Notification>()

/** Shows a desktop notification, where the desktop supports them. */
export const notify = (title: string, body: string, onClick: () => void): void => {
  if (!Notification.isSupported()) return
  const notification = new Notification({
    title,
    body,
    ...(process.platform === 'linux' ? { icon: resourcePath('icon/128.png') } : null),
  })
  open.add(notification)
  notification.on('close', () => open.delete(notification))
  notification.on('click', onClick)
  notification.show()
}
