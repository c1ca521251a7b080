import type { BrowserWindow } from 'electron'
import type { EventName, EventValue, Job, MediaItem } from '../../preload/contract'
import type { Services } from '../services/services'

/** Sends an event to the window; no effect while there is none. */
export type Send = <E extends EventName>(event: E, value: EventValue<E>) => void

export const createSend =
  (window: () => BrowserWindow | null): Send =>
  (event, value) => {
    const target = window()
    if (target && !target.isDestroyed() && !target.webContents.isCrashed())
      target.webContents.send(event, value)
  }

/** Milliseconds between two events about the same thing: fast enough for a progress bar. */
const eventInterval = 100

/** Forwards the events of the services to the window, limited in rate: 200 files may be added at once. */
export const forwardEvents = (
  services: Services,
  send: Send,
  settingsChanged: () => void,
): void => {
  const idOf = ({ id }: { id: string }) => id
  const item = createCoalescer<MediaItem>(idOf, (value) => send('mediaChanged', value))
  const job = createCoalescer<Job>(idOf, (value) => send('jobChanged', value))
  const library = createCoalescer<void>(
    () => '',
    () => send('libraryChanged', {}),
  )
  services.catalog.onChange(item)
  services.catalog.onRemove((ids) => send('mediaRemoved', { ids }))
  services.jobs.onChange(job)
  services.jobs.onRemove((ids) => send('jobsRemoved', { ids }))
  services.library.onChange(library)
  services.settings.onChange(settingsChanged)
  services.keys.onChange(settingsChanged)
}

/**
 * Collects values by key and passes on the newest of each, at most once in `interval` milliseconds.
 * The first value after a pause is passed on at once.
 */
export const createCoalescer = <T>(
  keyOf: (value: T) => string,
  pass: (value: T) => void,
  interval = eventInterval,
) => {
  const waiting = new Map<string, T>()
  let timer: NodeJS.Timeout | undefined
  const flush = (): void => {
    timer = undefined
    if (waiting.size === 0) return
    const values = [...waiting.values()]
    waiting.clear()
    timer = setTimeout(flush, interval)
    timer.unref()
    values.forEach(pass)
  }
  return (value: T): void => {
    waiting.set(keyOf(value), value)
    if (timer === undefined) flush()
  }
}
