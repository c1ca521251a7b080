import type { Clock } from '../../clock'
import { createApi } from '../http/api'
import type { Http } from '../http/http'
import {
  type Call,
  type ListedTask,
  type Provider,
  ProviderError,
  type ProviderRow,
  StorageRefusal,
} from '../provider'
import {
  createAnswer,
  dashScopeRefusal,
  listAnswer,
  listedTasks,
  policyAnswer,
  refusalAnswer,
  taskAnswer,
  taskStatusOf,
  type UploadPolicy,
} from './answers'
import { dashScopeFailures } from './failures'
import { type DashScopeRegion, regionRefusal } from './regions'
import { createHeaders, dashScopeBody, recordOf } from './request'
import { createDashScopeStorage } from './storage'

export interface DashScopeOptions {
  row: ProviderRow
  /** Origin, with or without the trailing /api/v1: classic host, workspace host or the Sandbox. */
  baseUrl: string
  /** Asked at each call, because a key may be entered while the app runs. */
  key: () => string | null
  http: Http
  clock: Clock
  /** A short ASCII text that never comes twice. */
  unique: () => string
  /** Where leave to upload is asked for when the address itself gives none. */
  policyFallbackUrl?: string
  /** The region of the key, where there is another that it could belong to. */
  region?: DashScopeRegion
}

const listPages = 20
const listPageSize = 50

/** The address without what every path adds. */
export const originOf = (baseUrl: string): string => baseUrl.replace(/(\/api\/v1)?\/*$/, '')

/** DashScope's video edit model behind the common interface; everything that differs by host is in the options. */
export function createDashScope(options: DashScopeOptions): Provider {
  const { row } = options
  const api = createApi({
    name: row.name,
    base: `${originOf(options.baseUrl)}/api/v1`,
    key: options.key,
    http: options.http,
    failures: dashScopeFailures,
    refusal: dashScopeRefusal,
    ...(options.region ? { refine: regionRefusal(options.region) } : {}),
  })

  const listPath = (page: number, size: number): string =>
    `/tasks/?${new URLSearchParams({ model_name: row.model, page_no: `${page}`, page_size: `${size}` })}`

  const storage = createDashScopeStorage({
    clock: options.clock,
    unique: options.unique,
    key: options.key,
    policy: (call) => askPolicy(call),
  })

  /** Workspace hosts are not documented to hand out policies: the classic host of the region does. */
  async function askPolicy(call: Call): Promise<UploadPolicy> {
    const search = new URLSearchParams({ action: 'getPolicy', model: row.model })
    const fallback = options.policyFallbackUrl
    const path = `/uploads?${search}`
    try {
      return await api.ask({ method: 'GET', path }, policyAnswer, call)
    } catch (error) {
      if (!isWithoutUploads(error)) throw error
      if (!fallback) throw new StorageRefusal(error.failure, 'refused', null, { cause: error })
    }
    try {
      const base = `${originOf(fallback)}/api/v1`
      return await api.ask({ method: 'GET', path, base }, policyAnswer, call)
    } catch (error) {
      if (!isWithoutUploads(error)) throw error
      throw new StorageRefusal(error.failure, 'refused', null, { cause: error })
    }
  }

  return {
    row,

    create: async (request, call) => {
      const body = dashScopeBody(row.model, request)
      const headers = createHeaders(body)
      const path = '/services/aigc/video-generation/video-synthesis'
      const answer = await api.ask(
        { method: 'POST', path, headers, body, fresh: true },
        createAnswer,
        call,
      )
      return { taskId: answer.output.task_id, requestId: answer.request_id, sent: recordOf(body) }
    },

    query: async (taskId, call) => {
      const path = `/tasks/${encodeURIComponent(taskId)}`
      return taskStatusOf(await api.ask({ method: 'GET', path }, taskAnswer, call))
    },

    cancel: async (taskId, call) => {
      const path = `/tasks/${encodeURIComponent(taskId)}/cancel`
      try {
        await api.ask({ method: 'POST', path }, refusalAnswer, call)
        return 'cancelled'
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error
        if (error.failure.provider?.code === 'UnsupportedOperation') return 'too-late'
        throw error
      }
    },

    // No start_time: its time zone is not documented, and without one the service lists the last 24 hours,
    // which is as long as tasks live. The creation times in the answer are unmistakable.
    list: async (since, call) => {
      const found = new Map<string, ListedTask>()
      for (let page = 1; page <= listPages; page += 1) {
        const path = listPath(page, listPageSize)
        const answer = await api.ask({ method: 'GET', path }, listAnswer, call)
        for (const task of listedTasks(answer, row.model, since)) found.set(task.taskId, task)
        const pages = answer.total_page ?? (answer.data.length < listPageSize ? page : listPages)
        if (answer.data.length === 0 || page >= pages) break
      }
      return [...found.values()]
    },

    tellsPrompt: true,

    upload: storage.upload,

    test: async (call) => {
      await api.ask({ method: 'GET', path: listPath(1, 1) }, listAnswer, call)
    },

    downloadHeaders: () => ({}),
  }
}

/** The host takes no uploads at all, which says nothing against the key. */
const isWithoutUploads = (error: unknown): error is ProviderError =>
  error instanceof ProviderError && [403, 404].includes(error.failure.provider?.httpStatus ?? 0)
