import type { BrowserWindow } from 'electron'
import type { EventName, EventValue, Job, MediaItem } from '../../preload/contract'
import type { Services } from '../services/services'
import { createCoalescer } from './coalesce'

/** Tells the window something; nothing happens while there is none. */
export type Send = <E extends EventName>(event: E, value: EventValue<E>) => void

export const createSend =
  (window: () => BrowserWindow | null): Send =>
  (event, value) => {
    const target = window()
    if (target && !target.isDestroyed() && !target.webContents.isCrashed())
      target.webContents.send(event, value)
  }

/** Milliseconds between two pieces of news about the same thing: fast enough for a progress bar. */
const interval = 100

/** Passes on what the services say, the newest of each thing, so that 200 dropped files are not a flood. */
export const forwardEvents = (
  services: Services,
  send: Send,
  settingsChanged: () => void,
): void => {
  const item = createCoalescer<MediaItem>(
    ({ id }) => id,
    (value) => send('mediaChanged', value),
    interval,
  )
  const job = createCoalescer<Job>(
    ({ id }) => id,
    (value) => send('jobChanged', value),
    interval,
  )
  const library = createCoalescer<object>(
    () => '',
    () => send('libraryChanged', {}),
    interval,
  )
  services.catalog.onChange(item)
  services.catalog.onRemove((ids) => send('mediaRemoved', { ids }))
  services.jobs.onChange(job)
  services.jobs.onRemove((ids) => send('jobsRemoved', { ids }))
  services.library.onChange(() => library({}))
  services.settings.onChange(settingsChanged)
  services.keys.onChange(settingsChanged)
}
