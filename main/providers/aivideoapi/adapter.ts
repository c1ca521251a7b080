import { z } from 'zod'
import type { Adapter } from '../adapter'
import { createApi, withoutSuffix } from '../http/api'
import type { Http } from '../http/http'
import type { Provider, ProviderRow } from '../provider'
import {
  aiVideoApiRefusal,
  aiVideoApiStatus,
  createdAnswer,
  creditsAnswer,
  taskAnswer,
} from './answers'
import { aiVideoApiFailures, upstreamRefused } from './failures'
import { aiVideoApiBody } from './request'

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
