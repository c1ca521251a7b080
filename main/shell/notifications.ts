import { Notification } from 'electron'
import {
  type EventValue,
  type Job,
  type JobState,
  needsAttention,
  type Text,
} from '../../preload/contract'
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

/** What the person was last told of a job. */
export interface Known {
  state: JobState
  /** What held it in this state, by the key of its sentence; null if it was never held. */
  heldBy: string | null
}

/** What the person knows after a change. A job that is tried in vain is not announced again. */
export const knownOf = (previous: Known | undefined, job: Job): Known => {
  const before = previous?.state === job.state ? previous.heldBy : null
  return { state: job.state, heldBy: heldBy(job) ?? before }
}

const heldBy = (job: Job): string | null =>
  needsAttention(job) ? (job.failure?.text.key ?? null) : null

const titleOf = (previous: Known, job: Job): string | null => {
  const held = heldBy(job)
  if (held !== null && held !== knownOf(previous, { ...job, failure: null }).heldBy)
    return 'shell.notification.held'
  return previous.state === job.state || titles[previous.state] ? null : (titles[job.state] ?? null)
}

/** The notification for a change of a job; null unless the job has just ended or begins to be held. */
export const newsOf = (
  previous: Known | undefined,
  job: Job,
  say: (text: Text) => string,
): JobNews | null => {
  const title = previous ? titleOf(previous, job) : null
  if (title === null) return null
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
  /** Where news are shown now: in the window if it has the focus. */
  place: () => 'desktop' | 'window' | 'nowhere'
  /** Called when the person clicks a notification. */
  open: (view: 'queue' | 'library', id: string) => void
  /** Shows news of a job that needs the person in the window. */
  tellWindow: (notice: EventValue<'notice'>) => void
}

/** What the window says; null for a result, because a mark on the library is enough. */
export const noticeOf = (
  { title, body, view, id }: JobNews,
  { failure }: Pick<Job, 'failure'>,
  say: (text: Text) => string,
): EventValue<'notice'> | null => {
  if (view === 'library') return null
  const values = { title: say(title), reason: body }
  const text = failure ? { key: 'shell.notification.because', values } : title
  return { level: 'fail', text, show: { view, id } }
}

/** Gives the function to call with every changed job; it tells the person when one ends or needs attention. */
export const createJobNotifier = (jobs: readonly Job[], options: NotificationOptions) => {
  const known = new Map<string, Known>(jobs.map((job) => [job.id, knownOf(undefined, job)]))
  return (job: Job): void => {
    const previous = known.get(job.id)
    const news = newsOf(previous, job, options.say)
    known.set(job.id, knownOf(previous, job))
    const place = options.place()
    if (!news || place === 'nowhere') return
    const notice = place === 'window' ? noticeOf(news, job, options.say) : null
    if (notice) options.tellWindow(notice)
    if (place === 'desktop')
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
