import { z } from 'zod'
import type { AdapterOptions } from '../adapters'
import { createApi, withoutSuffix } from '../http/api'
import type { Provider } from '../provider'
import {
  aiVideoApiRefusal,
  aiVideoApiStatus,
  createdAnswer,
  creditsAnswer,
  taskAnswer,
} from './answers'
import { aiVideoApiFailures, upstreamRefused } from './failures'
import { aiVideoApiBody } from './request'

/** aivideoapi.ai behind the common interface (docs/providers/aivideoapi.md). */
export const adapter = (
  options: Pick<AdapterOptions, 'row' | 'baseUrl' | 'key' | 'http'>,
): Provider => {
  const { row } = options
  const api = createApi(options, {
    base: `${withoutSuffix(options.baseUrl, '/v1')}/v1`,
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
  }
}
