import type { IncomingMessage } from 'node:http'
import type { Fault, Operation } from './dashscope-server-faults'
import type { StoredObject } from './dashscope-server-storage'

/** A task of the server. Times in ms since the epoch. */
export interface ServerTask {
  id: string
  createdAt: number
  body: Record<string, unknown>
  /** The statuses that the next queries answer, one each; the last one repeats. */
  words: string[]
  requestId: string
}

export interface ServerOptions {
  key?: string
  model?: string
  /** The statuses of a new task, one for each query; the last one repeats. */
  words?: readonly string[]
  /** The bytes of every result. */
  result?: Buffer
  usage?: unknown
  /** Milliseconds since the epoch. */
  now?: () => number
  policySeconds?: number
}

/** A strict DashScope on loopback, written from the documents without the adapter. */
export interface DashScopeServer {
  /** Base URL, without /api/v1. */
  url: string
  key: string
  model: string
  /** Every request that the documents do not allow. */
  violations: string[]
  /** Received requests by operation, with faults. */
  calls: Record<Operation, number>
  tasks: Map<string, ServerTask>
  objects: Map<string, StoredObject>
  /** The bodies of create calls, in order. */
  bodies: unknown[]
  /** Requests that followed a redirect to the other origin. */
  elsewhere: IncomingMessage[]
  /** The target of redirects. */
  elsewhereUrl: string
  result: Buffer
  usage: unknown
  words: string[]
  /** Applies one fault each to the next requests of this operation. */
  next: (operation: Operation, ...faults: Fault[]) => void
  /** Expires every policy so far. */
  expirePolicies: () => void
  /** Adds a task that another client created at this time. */
  addTask: (createdAt?: number, words?: readonly string[]) => ServerTask
  stop: () => Promise<void>
}
