import path from 'node:path'
import { utilityProcess } from 'electron'
import { bareEnvironment } from '../tools/environment'
import type { StartWorker, WorkerEvent } from '../tools/worker'

const prefix = 'Reshoot '

/** Whether a process of Electron, by its name, is one that `utilityWorker` started. */
export const isWorker = (name: string | undefined): boolean => name?.startsWith(prefix) ?? false

/** Starts a built module, which lies beside this one, in a utility process of Electron. */
export const utilityWorker =
  (name: string): StartWorker =>
  () => {
    const child = utilityProcess.fork(path.join(import.meta.dirname, name), [], {
      serviceName: `${prefix}${path.parse(name).name}`,
      env: bareEnvironment(process.env),
      stdio: 'ignore',
    })
    let listener: ((event: WorkerEvent) => void) | null = null
    let killed = false
    const kill = (): void => {
      killed = true
      // `kill` asks politely, which a process that decodes may never hear. Before 'spawn' there is no id.
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
    }
    child.on('spawn', () => {
      if (killed) kill()
    })
    child.on('message', (message: unknown) => listener?.({ kind: 'message', message }))
    child.on('exit', () => listener?.({ kind: 'end' }))
    return {
      send: (message) => child.postMessage(message),
      listen: (next) => {
        listener = next
      },
      keep: () => {}, // the app decides when it ends
      kill,
    }
  }
