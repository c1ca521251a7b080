import { type Mode, modeRow } from '../../../preload/contract'
import type { Adapter, AdapterOptions } from '../adapters'
import { createApi, withoutSuffix } from '../http/api'
import { pageSize, readTaskPages } from '../http/task-pages'
import { type Call, type Provider, ProviderError, StorageRefusal } from '../provider'
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
import { commonHostOf, regionRefusal, regionUrl } from './regions'
import { createHeaders, dashScopeBody } from './request'
import { createUpload } from './storage'

export interface DashScopeOptions
  extends Pick<AdapterOptions, 'row' | 'baseUrl' | 'key' | 'http' | 'clock' | 'unique'> {
  /** Where an upload policy is requested when the address itself gives none. */
  policyFallbackUrl?: string
}

const apiBaseOf = (baseUrl: string): string => `${withoutSuffix(baseUrl, '/api/v1')}/api/v1`

/** DashScope's protocol behind the common interface, at any host that speaks it (docs/providers/dashscope.md). */
export const createDashScope = (options: DashScopeOptions): Provider => {
  const { row, policyFallbackUrl } = options
  const modelOf = (mode: Mode): string => modeRow(row, mode).model
  const api = createApi(options, {
    base: apiBaseOf(options.baseUrl),
    failures: dashScopeFailures,
    refusal: dashScopeRefusal,
    refine: regionRefusal(row),
  })

  const listPath = (page: number, size: number, only: { model_name?: string } = {}): string =>
    `/tasks/?${new URLSearchParams({ ...only, page_no: `${page}`, page_size: `${size}` })}`

  /** Hosts of workspaces are not documented to give policies; the common host of the region is. */
  const askPolicy = async (mode: Mode, call: Call): Promise<UploadPolicy> => {
    const model = modelOf(mode)
    const path = `/uploads?${new URLSearchParams({ action: 'getPolicy', model })}`
    const ask = (base = apiBaseOf(options.baseUrl)) =>
      api.ask({ method: 'GET', path, base }, policyAnswer, call)
    try {
      return await ask().catch((error: unknown) => {
        if (!policyFallbackUrl || !isWithoutUploads(error)) throw error
        return ask(apiBaseOf(policyFallbackUrl))
      })
    } catch (error) {
      if (!isWithoutUploads(error)) throw error
      throw new StorageRefusal(error.failure, 'refused', null, { cause: error })
    }
  }

  return {
    row,

    create: async (request, call) => {
      const body = dashScopeBody(modeRow(row, request.mode), request)
      const headers = createHeaders(body)
      const path = '/services/aigc/video-generation/video-synthesis'
      const answer = await api.ask(
        { method: 'POST', path, headers, body, fresh: true },
        createAnswer,
        call,
      )
      return { taskId: answer.output.task_id, requestId: answer.request_id, sent: body }
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

    // Without start_time, whose time zone is not documented, the service lists the last 24 hours: the lifetime of a
    // task. The answer contains creation times as milliseconds.
    list: (mode, call) => {
      const model = modelOf(mode)
      return readTaskPages(async (page) => {
        const path = listPath(page, pageSize, { model_name: model })
        const { data: answer, date } = await api.askDated({ method: 'GET', path }, listAnswer, call)
        // Without a number of pages only an empty page is surely the last.
        const isLast =
          answer.data.length === 0 || page >= (answer.total_page ?? Number.POSITIVE_INFINITY)
        return { tasks: listedTasks(answer, model), isLast, date }
      })
    },

    tellsPrompt: true,

    upload: createUpload({ ...options, policy: askPolicy }),

    test: async (call) => {
      await api.ask({ method: 'GET', path: listPath(1, 1) }, listAnswer, call)
    },
  }
}

/** Whether the host accepts no uploads at all, which does not mean that the key is wrong. */
const isWithoutUploads = (error: unknown): error is ProviderError =>
  error instanceof ProviderError && [403, 404].includes(error.failure.provider?.httpStatus ?? 0)

/** DashScope in a region: at the workspace's host where there is a workspace, with the common host as fallback. */
export const adapter: Adapter = (options) => {
  const { row, workspace } = options
  // An address from an environment variable wins over the workspace.
  const isOverridden = options.baseUrl !== row.baseUrl
  const baseUrl = isOverridden ? options.baseUrl : regionUrl(row, workspace)
  const common = commonHostOf(baseUrl)
  return createDashScope({
    ...options,
    baseUrl,
    ...(common ? { policyFallbackUrl: common } : {}),
  })
}
