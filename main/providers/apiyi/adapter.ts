import { z } from 'zod'
import { modeRow } from '../../../preload/contract'
import type { Clock } from '../../clock'
import type { AdapterOptions } from '../adapters'
import { createApi, withoutSuffix } from '../http/api'
import { type Provider, ProviderError } from '../provider'
import { apiyiRefusal, apiyiStatus, createdAnswer, taskAnswer } from './answers'
import { apiyiFailures } from './failures'
import { apiyiBody } from './request'

const createPath = '/wan/api/v1/services/aigc/video-generation/video-synthesis'

/** A task that cannot exist: querying it is free and shows whether the key is accepted. */
const noTask = '00000000-0000-0000-0000-000000000000'

/** Milliseconds between two queries of a task; they must not arrive less than 3 s apart (docs/providers/apiyi.md, "Limits"). */
const leastInterval = 3_200

/** Tasks whose last query is remembered; the oldest are forgotten first. */
const remembered = 500

/** Delays calls about the same task until `interval` milliseconds after the previous one, and `earliest` (ms since the epoch). */
export const createPace = (clock: Clock, interval: number) => {
  const free = new Map<string, number>()

  return async (taskId: string, signal: AbortSignal, earliest = 0): Promise<void> => {
    const now = clock.now()
    const start = Math.max(now, earliest, free.get(taskId) ?? now)
    free.delete(taskId)
    free.set(taskId, start + interval)
    const [oldest] = free.keys()
    if (free.size > remembered && oldest !== undefined) free.delete(oldest)
    if (start > now) await clock.sleep(start - now, signal)
  }
}

/** APIYI behind the common interface: DashScope's create call under a prefix, its own task call (docs/providers/apiyi.md). */
export const adapter = (
  options: Pick<AdapterOptions, 'row' | 'baseUrl' | 'key' | 'http' | 'clock'>,
): Provider => {
  const { row } = options
  /** An earlier process may have asked about the same task just before. */
  const begun = options.clock.now()
  const api = createApi(options, {
    base: withoutSuffix(options.baseUrl, '/wan/api/v1', '/wan', '/v1'),
    failures: apiyiFailures,
    refusal: apiyiRefusal,
    // The gateway sometimes labels uncompressed bodies as gzip.
    headers: { 'Accept-Encoding': 'identity' },
  })
  const pace = createPace(options.clock, leastInterval)
  const taskPath = (taskId: string) => `/v1/tasks/${encodeURIComponent(taskId)}`

  return {
    row,

    create: async (request, call) => {
      const body = apiyiBody(modeRow(row, request.mode), request)
      const headers = { 'X-DashScope-Async': 'enable' }
      const answer = await api.ask(
        { method: 'POST', path: createPath, headers, body, fresh: true },
        createdAnswer,
        call,
      )
      return { taskId: answer.output.task_id, requestId: answer.request_id, sent: body }
    },

    query: async (taskId, call) => {
      await pace(taskId, call.signal, begun + leastInterval)
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
  }
}

/** Whether only the task was refused, not the key. */
const isOnlyUnknown = ({ failure }: ProviderError): boolean =>
  ['invalid-input', 'gone'].includes(failure.kind) && failure.provider !== null
