import { randomBytes } from 'node:crypto'
import { app } from 'electron'
import { hasCode } from '../files/errno'
import type { Log } from '../log'

/**
 * Catches what nobody caught. Without this Electron shows a stack trace in a dialog.
 *
 * The app goes on: what matters is written before it is done, and a job survives even the end of the process.
 * `tell` is given the id under which the log has the details.
 */
export const setupFaults = (log: Pick<Log, 'error'>, tell: (id: string) => void): void => {
  const report = (kind: string) => (error: unknown) => {
    // The reader of our output has gone: nobody is left to be told.
    if (hasCode(error, 'EPIPE')) return
    const id = randomBytes(3).toString('hex')
    log.error(`${kind} ${id}`, { error })
    tell(id)
  }
  process.on('uncaughtException', report('Uncaught error'))
  process.on('unhandledRejection', report('Unhandled rejection'))
  app.on('child-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit')
      log.error('A child process ended', {
        type: details.type,
        reason: details.reason,
        exitCode: details.exitCode,
        name: details.name ?? '',
      })
  })
}
