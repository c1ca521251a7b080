import { z } from 'zod'
import type { Clock } from '../../clock'
import type { Adapter } from '../adapter'
import { createApi, withoutSuffix } from '../http/api'
import type { Http } from '../http/http'
import type { ListedTask, Provider, ProviderRow } from '../provider'
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
import { createEvoLinkFiles, rateLimitPause, type WithPng } from './files'
import { evoLinkBody } from './request'

export interface EvoLinkOptions {
  row: ProviderRow
  baseUrl: string
  /** Origin of the Files API. */
  filesUrl: string
  key: () => string | null
  http: Http
  clock: Clock
  /** A short ASCII text that never comes twice. */
  unique: () => string
  /** Makes PNG of an image that the Files API does not store; without it such images are refused there. */
  withPng?: WithPng
}

const listPages = 20
const listPageSize = 50

/** EvoLink behind the common interface (PROVIDERS.md §2). */
export function createEvoLink(options: EvoLinkOptions): Provider {
  const { row, clock, unique, withPng } = options
  const api = createApi({
    name: row.name,
    base: `${withoutSuffix(options.baseUrl, '/v1')}/v1`,
    key: options.key,
    http: options.http,
    failures: evoLinkFailures,
    refusal: evoLinkRefusal,
    rateLimitPause,
  })
  const files = createEvoLinkFiles({
    filesUrl: withoutSuffix(options.filesUrl, '/api/v1'),
    api,
    clock,
    unique,
    ...(withPng ? { withPng } : {}),
  })

  return {
    row,

    create: async (request, call) => {
      const body = evoLinkBody(row.model, request)
      const path = '/videos/generations'
      const { id } = await api.ask({ method: 'POST', path, body, fresh: true }, createdAnswer, call)
      return { taskId: id, requestId: null, sent: body }
    },

    query: async (taskId, call) => {
      const path = `/tasks/${encodeURIComponent(taskId)}`
      return evoLinkStatus(await api.ask({ method: 'GET', path }, taskAnswer, call))
    },

    // Only EvoLink's own tools document the list: what is in it counts, what is missing proves nothing.
    listIsComplete: false,
    list: async (since, call) => {
      const found = new Map<string, ListedTask>()
      for (let page = 1; page <= listPages; page += 1) {
        const search = new URLSearchParams({
          model: row.model,
          page: `${page}`,
          page_size: `${listPageSize}`,
        })
        const answer = await api.ask({ method: 'GET', path: `/tasks?${search}` }, listAnswer, call)
        for (const task of evoLinkListed(answer, row.model, since)) found.set(task.taskId, task)
        const isLast = page * listPageSize >= (answer.total ?? Number.POSITIVE_INFINITY)
        if (isLast || answer.data.length < listPageSize) break
      }
      return [...found.values()]
    },

    upload: files.upload,

    balance: (call) => api.ask({ method: 'GET', path: '/credits' }, creditsAnswer, call),

    test: async (call) => {
      await api.ask({ method: 'GET', path: '/credits' }, z.looseObject({}), call)
    },

    downloadHeaders: () => ({}),
  }
}

export const adapter: Adapter = createEvoLink
