import { z } from 'zod'
import { modeRow } from '../../../preload/contract'
import type { AdapterOptions } from '../adapters'
import { createApi, withoutSuffix } from '../http/api'
import { pageSize, readTaskPages } from '../http/task-pages'
import type { Provider } from '../provider'
import {
  createdAnswer,
  creditsAnswer,
  evoLinkListed,
  evoLinkRefusal,
  evoLinkStatus,
  listAnswer,
  taskAnswer,
} from './answers'
import { evoLinkFailures } from './failures'
import { createUpload, rateLimitPause } from './files'
import { evoLinkBody } from './request'

/** EvoLink behind the common interface (docs/providers/evolink.md). */
export const adapter = (options: Omit<AdapterOptions, 'workspace'>): Provider => {
  const { row } = options
  const api = createApi(options, {
    base: `${withoutSuffix(options.baseUrl, '/v1')}/v1`,
    failures: evoLinkFailures,
    refusal: evoLinkRefusal,
    rateLimitPause,
  })
  const filesUrl = withoutSuffix(options.filesUrl, '/api/v1')

  return {
    row,

    create: async (request, call) => {
      const body = evoLinkBody(modeRow(row, request.mode), request)
      const path = '/videos/generations'
      const { id } = await api.ask({ method: 'POST', path, body, fresh: true }, createdAnswer, call)
      return { taskId: id, requestId: null, sent: body }
    },

    query: async (taskId, call) => {
      const path = `/tasks/${encodeURIComponent(taskId)}`
      return evoLinkStatus(await api.ask({ method: 'GET', path }, taskAnswer, call))
    },

    list: async (mode, call) => {
      const { model } = modeRow(row, mode)
      const list = await readTaskPages(async (page) => {
        const search = new URLSearchParams({ model, page: `${page}`, page_size: `${pageSize}` })
        const path = `/tasks?${search}`
        const { data: answer, date } = await api.askDated({ method: 'GET', path }, listAnswer, call)
        const isShort = answer.data.length < pageSize
        const isLast = isShort || page * pageSize >= (answer.total ?? Number.POSITIVE_INFINITY)
        return { tasks: evoLinkListed(answer, model), isLast, date }
      })
      // Only EvoLink's own tools show this call: a task in the list exists, a missing task may exist.
      return { ...list, isComplete: false }
    },

    upload: createUpload({ ...options, filesUrl, api }),

    balance: (call) => api.ask({ method: 'GET', path: '/credits' }, creditsAnswer, call),

    test: async (call) => {
      await api.ask({ method: 'GET', path: '/credits' }, z.looseObject({}), call)
    },
  }
}
