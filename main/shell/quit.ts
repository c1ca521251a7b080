import { app } from 'electron'
import type { Log } from '../log'

/** Milliseconds that closing may take; work that is cut off is resumed by the next start. */
const closeLimit = 5_000

/** Closes the services after the windows (which save what was typed last), then ends the process, bounded in time. */
export const setupQuit = (close: () => Promise<void>, log: Pick<Log, 'warn'>): void => {
  let closing = false
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (closing) return
    closing = true
    void withinLimit(close, log).finally(() => app.exit(0))
  })
}

const withinLimit = async (close: () => Promise<void>, log: Pick<Log, 'warn'>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), closeLimit)
  })
  try {
    const outcome = await Promise.race([close(), limit])
    if (outcome === 'late') log.warn('Closing took too long and was cut off')
  } catch (error) {
    log.warn('Closing failed', { error })
  } finally {
    clearTimeout(timer)
  }
}
