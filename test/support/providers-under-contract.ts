import type { Clock } from '../../main/clock'
import { adapter as createAiVideoApi } from '../../main/providers/aivideoapi/adapter'
import { adapter as createApiyi } from '../../main/providers/apiyi/adapter'
import { createDashScope } from '../../main/providers/dashscope/adapter'
import { adapter as createEvoLink } from '../../main/providers/evolink/adapter'
import type { Http } from '../../main/providers/http/http'
import type { Provider } from '../../main/providers/provider'
import { type FailureAction, type Mode, providerRows } from '../../preload/contract'
import { startAiVideoApiServer } from './aivideoapi-server'
import { startApiyiServer } from './apiyi-server'
import { startDashScopeServer } from './dashscope-server'
import { startEvoLinkServer } from './evolink-server'
import type { Fault } from './strict-faults'

/** What every strict server can do. */
export interface ContractServer {
  url: string
  key: string
  violations: string[]
  calls: { create?: number; query?: number; list?: number; download?: number }
  tasks: Pick<Map<string, unknown>, 'size' | 'clear'>
  bodies: unknown[]
  elsewhere: unknown[]
  elsewhereUrl: string
  result: Buffer
  next: (operation: 'create' | 'query' | 'download', ...faults: ContractFault[]) => void
  willStall: (method: string, url: string) => boolean
  addTask: (createdAt?: number, words?: readonly string[]) => { id: string }
  stop: () => Promise<void>
}

/** A fault that every service can have. */
export type ContractFault = Exclude<Fault, { kind: 'members' | 'output' }>

export interface Connection {
  http: Http
  clock: Clock
  key: () => string | null
  unique: () => string
  baseUrl?: string
}

/** A started strict server, with what differs between services. */
export interface Started {
  server: ContractServer
  connect: (connection: Connection) => Provider
  /** Replaces members of the next query's answer. */
  answerNext: (members: Record<string, unknown>) => void
}

export interface UnderContract {
  id: string
  /** The mode of its requests. */
  mode: Mode
  start: (options: { words?: readonly string[]; now: () => number }) => Promise<Started>
  /** The service's words for the states of a task. */
  words: { pending: string; running: string; succeeded: string; failed: string }
  /** Members that remove the result's URL from an answer. */
  withoutResult: Record<string, unknown>
  /** A 429 refusal because the account has no money. */
  noMoney: { code: string; message: string }
  /** Its sentence in English. */
  saysNoMoney: string
  /** What a person is offered when the service refuses the key. */
  wrongKey: FailureAction
  /** A refusal by moderation. */
  moderation: { code: string; message: string } | null
  cancels: boolean
  lists: boolean
}

const dashScope = (row: (typeof providerRows)['dashscope'], id: string): UnderContract => ({
  id,
  mode: 'edit',
  start: async (options) => {
    const server = await startDashScopeServer(options)
    return {
      server,
      connect: (connection) => createDashScope({ row, baseUrl: server.url, ...connection }),
      answerNext: (output) => server.next('query', { kind: 'output', output }),
    }
  },
  words: { pending: 'PENDING', running: 'RUNNING', succeeded: 'SUCCEEDED', failed: 'FAILED' },
  withoutResult: { video_url: '' },
  noMoney: { code: 'PostpaidBillOverdue', message: 'The bill is overdue.' },
  saysNoMoney: 'The account has an unpaid bill. Top it up, then try again.',
  wrongKey: 'try-region',
  moderation: { code: 'DataInspectionFailed', message: 'Input may contain inappropriate content.' },
  cancels: true,
  lists: true,
})

const tooLittleCredit = 'The account balance is too low. Top it up, then try again.'

/** Every service with its strict server, for the contract tests. */
export const providersUnderContract: readonly UnderContract[] = [
  dashScope(providerRows.dashscope, 'dashscope'),
  {
    id: 'evolink',
    mode: 'edit',
    start: async (options) => {
      const server = await startEvoLinkServer(options)
      const filesUrl = server.filesUrl
      return {
        server,
        connect: (connection) =>
          createEvoLink({
            row: providerRows.evolink,
            baseUrl: server.url,
            filesUrl,
            ...connection,
          }),
        answerNext: (members) => server.next('query', { kind: 'members', members }),
      }
    },
    words: {
      pending: 'pending',
      running: 'processing',
      succeeded: 'completed',
      failed: 'failed',
    },
    withoutResult: { results: [] },
    noMoney: { code: 'quota_exceeded', message: 'Your quota is used up.' },
    saysNoMoney: tooLittleCredit,
    wrongKey: 'enter-key',
    moderation: { code: 'content_policy_violation', message: 'The prompt breaks the policy.' },
    cancels: false,
    lists: true,
  },
  {
    id: 'apiyi',
    mode: 'edit',
    start: async (options) => {
      const server = await startApiyiServer(options)
      return {
        server,
        connect: (connection) =>
          createApiyi({ row: providerRows.apiyi, baseUrl: server.url, ...connection }),
        answerNext: (members) => server.next('query', { kind: 'members', members }),
      }
    },
    words: {
      pending: 'submitted',
      running: 'in_progress',
      succeeded: 'completed',
      failed: 'failed',
    },
    withoutResult: { result_url: '' },
    noMoney: { code: 'insufficient_user_quota', message: '用户额度不足, 剩余额度: 0' },
    saysNoMoney: tooLittleCredit,
    wrongKey: 'enter-key',
    moderation: { code: 'task_error', message: 'sensitive words detected' },
    cancels: false,
    lists: false,
  },
  {
    id: 'aivideoapi',
    mode: 'edit',
    start: async (options) => {
      const server = await startAiVideoApiServer(options)
      return {
        server,
        connect: (connection) =>
          createAiVideoApi({ row: providerRows.aivideoapi, baseUrl: server.url, ...connection }),
        answerNext: (members) => server.next('query', { kind: 'members', members }),
      }
    },
    words: {
      pending: 'pending',
      running: 'processing',
      succeeded: 'completed',
      failed: 'failed',
    },
    withoutResult: { output: { urls: [] } },
    noMoney: { code: 'spend_limit_exceeded', message: 'Key spend limit reached (daily).' },
    saysNoMoney:
      'This API key has reached its spending limit. Raise the limit in the console, or wait for the next period.',
    wrongKey: 'enter-key',
    moderation: null,
    cancels: false,
    lists: false,
  },
]

/** Every service in each of these modes: what goes wrong is the same in all of them. */
export const servicesInModes: readonly (UnderContract & { name: string })[] = (
  ['edit', 'text', 'references'] as const
).flatMap((mode) =>
  providersUnderContract.map((under) => ({ ...under, mode, name: `${under.id}, ${mode}` })),
)
