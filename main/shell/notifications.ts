import { Notification } from 'electron'
import type { Job, JobState, Text } from '../../preload/contract'
import { newsOf } from './job-news'
import { resourcePath } from './resources'

export interface NotificationOptions {
  say: (text: Text) => string
  /** Whether the person wants any, and is not looking at the window anyway. */
  wanted: () => boolean
  /** A click on one. */
  open: (view: 'queue' | 'library', id: string) => void
}

/** Tells the desktop how jobs end. Give it the jobs as they are, then every change. */
export const createJobNotifier = (jobs: readonly Job[], options: NotificationOptions) => {
  const states = new Map<string, JobState>(jobs.map((job) => [job.id, job.state]))
  const shown = new Set<Notification>()
  return (job: Job): void => {
    const news = newsOf(states.get(job.id), job, options.say)
    states.set(job.id, job.state)
    if (!news || !options.wanted() || !Notification.isSupported()) return
    const notification = new Notification({
      title: options.say(news.title),
      body: news.body,
      ...(process.platform === 'linux' ? { icon: resourcePath('icon/128.png') } : null),
    })
    // Kept until it goes, or its click would be collected with it.
    shown.add(notification)
    notification.on('close', () => shown.delete(notification))
    notification.on('click', () => options.open(news.view, news.id))
    notification.show()
  }
}

/** A single line to the desktop, for what the window is not there to say. */
export const notify = (title: string, body: string, onClick: () => void): void => {
  if (!Notification.isSupported()) return
  const notification = new Notification({ title, body })
  notification.on('click', onClick)
  notification.show()
}
