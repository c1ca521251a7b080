import type { z } from 'zod'
import type { Clock } from '../clock'
import {
  createAnswer,
  listAnswer,
  listedTasks,
  policyAnswer,
  refusalAnswer,
  taskAnswer,
  taskStatusOf,
  type UploadPolicy,
} from './dashscope-answers'
import { dashScopeFailures } from './dashscope-failures'
import { createHeaders, dashScopeBody, recordOf } from './dashscope-request'
import { createDashScopeStorage } from './dashscope-storage'
import { failureOf, plainFailure } from './failures'
import type { Http, HttpAnswer, HttpRequest } from './http'
import {
  type Call,
  type ListedTask,
  type Provider,
  ProviderError,
  type ProviderRow,
} from './provider'

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
}

const listPages = 20
const listPageSize = 50

/** The address without what every path adds. */
export const originOf = (baseUrl: string): string => baseUrl.replace(/(\/api\/v1)?\/*$/, '')

/** DashScope's video edit model behind the common interface; everything that differs by host is in the options. */
export function createDashScope(options: DashScopeOptions): Provider {
  const { row, http } = options
  const api = `${originOf(options.baseUrl)}/api/v1`
  const { host } = new URL(api)

  function authorization(): Record<string, string> {
    const key = options.key()
    const said = { provider: row.name }
    if (!key) {
      throw new ProviderError(plainFailure('auth', 'enter-key', 'auth_key-missing', said), 'no')
    }
    if (!/^[\x21-\x7e]+$/.test(key)) {
      throw new ProviderError(plainFailure('auth', 'enter-key', 'auth_key-malformed', said), 'no')
    }
    return { Authorization: `Bearer ${key}` }
  }

  /** What a refusal means. A server error leaves open whether the request took effect. */
  function refusal({ status, body, retryAfter }: HttpAnswer): ProviderError {
    const said = refusalAnswer.safeParse(body).data
    const answer = {
      code: said?.code ?? said?.error?.code ?? null,
      message: said?.message ?? said?.error?.message ?? null,
      requestId: said?.request_id ?? said?.error?.request_id ?? null,
      httpStatus: status,
    }
    const sent = status >= 500 ? 'maybe' : 'refused'
    return new ProviderError(failureOf(answer, dashScopeFailures, host), sent, retryAfter)
  }

  async function ask<T extends z.ZodType>(
    request: Omit<HttpRequest, 'url' | 'headers'> & {
      path: string
      headers?: Record<string, string>
    },
    answerSchema: T,
    call: Call,
  ): Promise<z.output<T>> {
    const { path, headers, ...rest } = request
    const url = `${api}${path}`
    const answer = await http.send(
      { ...rest, url, headers: { ...authorization(), ...headers } },
      call,
    )
    if (answer.status < 200 || answer.status > 299) throw refusal(answer)
    const parsed = answerSchema.safeParse(answer.body)
    if (parsed.success) return parsed.data
    // A body that says it is a refusal is one, whatever the status line says.
    const said = refusalAnswer.safeParse(answer.body).data
    const failure = said?.code
      ? refusal(answer).failure
      : plainFailure('temporary', 'try-again', 'answer_malformed', { host })
    throw new ProviderError(failure, 'maybe', null, { cause: parsed.error })
  }

  const listPath = (page: number, size: number): string =>
    `/tasks/?${new URLSearchParams({ model_name: row.model, page_no: `${page}`, page_size: `${size}` })}`

  const storage = createDashScopeStorage({
    clock: options.clock,
    unique: options.unique,
    key: options.key,
    policy: (call): Promise<UploadPolicy> => {
      const search = new URLSearchParams({ action: 'getPolicy', model: row.model })
      return ask({ method: 'GET', path: `/uploads?${search}` }, policyAnswer, call)
    },
  })

  return {
    row,

    create: async (request, call) => {
      const body = dashScopeBody(row.model, request)
      const headers = createHeaders(body)
      const path = '/services/aigc/video-generation/video-synthesis'
      const answer = await ask(
        { method: 'POST', path, headers, body, fresh: true },
        createAnswer,
        call,
      )
      return { taskId: answer.output.task_id, requestId: answer.request_id, sent: recordOf(body) }
    },

    query: async (taskId, call) => {
      const path = `/tasks/${encodeURIComponent(taskId)}`
      return taskStatusOf(await ask({ method: 'GET', path }, taskAnswer, call))
    },

    cancel: async (taskId, call) => {
      const path = `/tasks/${encodeURIComponent(taskId)}/cancel`
      try {
        await ask({ method: 'POST', path }, refusalAnswer, call)
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
        const answer = await ask({ method: 'GET', path }, listAnswer, call)
        for (const task of listedTasks(answer, row.model, since)) found.set(task.taskId, task)
        const pages = answer.total_page ?? (answer.data.length < listPageSize ? page : listPages)
        if (answer.data.length === 0 || page >= pages) break
      }
      return [...found.values()]
    },

    upload: storage.upload,

    test: async (call) => {
      await ask({ method: 'GET', path: listPath(1, 1) }, listAnswer, call)
    },

    downloadHeaders: () => ({}),
  }
}
