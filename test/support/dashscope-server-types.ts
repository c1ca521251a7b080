import type { IncomingMessage } from 'node:http'
import type { Fault, Operation } from './dashscope-server-faults'
import type { StoredObject } from './dashscope-server-storage'

/** A task as the server keeps it. Times in ms since the epoch. */
export interface ServerTask {
  id: string
  createdAt: number
  body: Record<string, unknown>
  /** What the coming queries answer, one word each; the last one stays. */
  words: string[]
  requestId: string
}

export interface ServerOptions {
  key?: string
  model?: string
  /** Words of a new task, one a query; the last one stays. */
  words?: readonly string[]
  /** Bytes behind every result link. */
  result?: Buffer
  usage?: unknown
  /** Milliseconds since the epoch. */
  now?: () => number
  policySeconds?: number
}

/** A strict DashScope on loopback, written from the documents; nothing of our client is in it. */
export interface DashScopeServer {
  /** Base URL, without /api/v1. */
  url: string
  key: string
  model: string
  /** Everything that a documented client would not have done. */
  violations: string[]
  /** Requests received, by operation, faults included. */
  calls: Record<Operation, number>
  tasks: Map<string, ServerTask>
  objects: Map<string, StoredObject>
  /** Create bodies as they came, in order. */
  bodies: unknown[]
  /** Requests that reached the other origin, where a redirect leads. */
  elsewhere: IncomingMessage[]
  /** Origin that a redirect fault leads to. */
  elsewhereUrl: string
  result: Buffer
  usage: unknown
  words: string[]
  /** The next requests of this operation go wrong, one fault each. */
  next: (operation: Operation, ...faults: Fault[]) => void
  /** Every policy handed out so far is too old from now on. */
  expirePolicies: () => void
  /** A task that some other create made, at this time. */
  addTask: (createdAt?: number, words?: readonly string[]) => ServerTask
  stop: () => Promise<void>
}
