import { fork } from 'node:child_process'
import { bareEnvironment } from './environment'
import { endWithParent, ownGroup } from './processes'

export type WorkerEvent = { kind: 'message'; message: unknown } | { kind: 'end' }

/** A process of our own code that answers messages. */
export interface Worker {
  send: (message: unknown) => void
  /** Who is told of answers and of the end; null for nobody. An end is told only while somebody listens. */
  listen: (listener: ((event: WorkerEvent) => void) | null) => void
  /** Whether it keeps this process running. At first it does not. */
  keep: (on: boolean) => void
  /** Kills it at once, whatever it does. */
  kill: () => void
}

/** Starts a worker. The app uses Electron's utility processes, because a packaged app cannot run as Node. */
export type StartWorker = () => Worker

/** Starts a module in a Node process of its own. `args` are arguments of Node. */
export const forkWorker = (file: string, args: readonly string[] = []): Worker => {
  const child = fork(file, [], {
    execArgv: [...args],
    env: { ...bareEnvironment(process.env), ELECTRON_RUN_AS_NODE: '1' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    ...ownGroup,
  })
  const unguard = endWithParent(child.pid)
  let listener: ((event: WorkerEvent) => void) | null = null
  const end = (): void => {
    unguard()
    listener?.({ kind: 'end' })
  }
  child.on('message', (message) => listener?.({ kind: 'message', message }))
  child.on('exit', end)
  child.on('error', end) // could not be started
  const keep = (on: boolean): void => {
    child[on ? 'ref' : 'unref']()
    child.channel?.[on ? 'ref' : 'unref']()
  }
  keep(false)
  return {
    // A process that has ended tells so by 'exit'.
    send: (message) => void child.send(message as object, () => {}),
    listen: (next) => {
      listener = next
    },
    keep,
    kill: () => void child.kill('SIGKILL'),
  }
}
