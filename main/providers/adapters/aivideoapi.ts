import { z } from 'zod'
import type { Adapter } from '../adapter'
import {
  aiVideoApiRefusal,
  aiVideoApiStatus,
  createdAnswer,
  creditsAnswer,
  taskAnswer,
} from '../aivideoapi-answers'
import { aiVideoApiFailures, upstreamRefused } from '../aivideoapi-failures'
import { aiVideoApiBody } from '../aivideoapi-request'
import { createApi, withoutSuffix } from '../api'
import type { Http } from '../http'
import type { Provider, ProviderRow } from '../provider'

export interface AiVideoApiOptions {
  row: ProviderRow
  baseUrl: string
  key: () => string | null
  http: Http
}

/** aivideoapi.ai behind the common interface (PROVIDERS.md §4). */
export function createAiVideoApi(options: AiVideoApiOptions): Provider {
  const { row } = options
  const api = createApi({
    name: row.name,
    base: `${withoutSuffix(options.baseUrl, '/v1')}/v1`,
    key: options.key,
    http: options.http,
    failures: aiVideoApiFailures,
    refusal: aiVideoApiRefusal,
  })

  return {
    row,

    create: async (request, call) => {
      const body = aiVideoApiBody(row, request)
      const path = '/videos/generations'
      const answer = await api.ask(
        { method: 'POST', path, body, fresh: true, failures: upstreamRefused },
        createdAnswer,
        call,
      )
      return { taskId: answer.data.taskId, requestId: null, sent: body }
    },

    query: async (taskId, call) => {
      const path = `/tasks/${encodeURIComponent(taskId)}`
      return aiVideoApiStatus(await api.ask({ method: 'GET', path }, taskAnswer, call))
    },

    balance: (call) => api.ask({ method: 'GET', path: '/credits' }, creditsAnswer, call),

    test: async (call) => {
      await api.ask({ method: 'GET', path: '/credits' }, z.looseObject({}), call)
    },

    downloadHeaders: () => ({}),
  }
}

export const adapter: Adapter = createAiVideoApi
