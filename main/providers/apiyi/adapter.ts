import { z } from 'zod'
import type { Clock } from '../../clock'
import type { Adapter } from '../adapter'
import { recordOf } from '../dashscope/request'
import { createApi, withoutSuffix } from '../http/api'
import type { Http } from '../http/http'
import { createPace } from '../http/pace'
import { type Provider, ProviderError, type ProviderRow } from '../provider'
import { apiyiRefusal, apiyiStatus, createdAnswer, taskAnswer } from './answers'
import { apiyiFailures } from './failures'
import { apiyiBody } from './request'

export interface ApiyiOptions {
  row: ProviderRow
  baseUrl: string
  key: () => string | null
  http: Http
  clock: Clock
}

const createPath = '/wan/api/v1/services/aigc/video-generation/video-synthesis'

/** A task that cannot exist: asking about it says whether the key is good and costs nothing. */
const noTask = '00000000-0000-0000-0000-000000000000'

/** Milliseconds between two questions about one task: never below 3 s where they arrive (PROVIDERS.md §3.4). */
const leastInterval = 3_200

/** APIYI behind the common interface: DashScope's create under a prefix, tasks of its own (PROVIDERS.md §3). */
export function createApiyi(options: ApiyiOptions): Provider {
  const { row } = options
  const api = createApi({
    name: row.name,
    base: withoutSuffix(options.baseUrl, '/wan/api/v1', '/wan', '/v1'),
    key: options.key,
    http: options.http,
    failures: apiyiFailures,
    refusal: apiyiRefusal,
    // The gateway labels plain bodies as gzip at times.
    headers: { 'Accept-Encoding': 'identity' },
  })
  const pace = createPace(options.clock, leastInterval)
  const taskPath = (taskId: string) => `/v1/tasks/${encodeURIComponent(taskId)}`

  return {
    row,

    create: async (request, call) => {
      const body = apiyiBody(row.model, request)
      const headers = { 'X-DashScope-Async': 'enable' }
      const answer = await api.ask(
        { method: 'POST', path: createPath, headers, body, fresh: true },
        createdAnswer,
        call,
      )
      const sent = recordOf(body)
      return { taskId: answer.output.task_id, requestId: answer.request_id, sent }
    },

    query: async (taskId, call) => {
      await pace(taskId, call.signal)
      return apiyiStatus(await api.ask({ method: 'GET', path: taskPath(taskId) }, taskAnswer, call))
    },

    test: async (call) => {
      await pace(noTask, call.signal)
      try {
        await api.ask({ method: 'GET', path: taskPath(noTask) }, z.looseObject({}), call)
      } catch (error) {
        if (!(error instanceof ProviderError) || !isOnlyUnknown(error)) throw error
      }
    },

    downloadHeaders: () => ({}),
  }
}

export const adapter: Adapter = createApiyi

/** The key was good enough to be told that there is no such task. */
const isOnlyUnknown = ({ failure }: ProviderError): boolean =>
  ['invalid-input', 'gone'].includes(failure.kind) && failure.provider !== null
