import {
  type CreatedTask,
  type ListedTask,
  type Provider,
  ProviderError,
  type ProviderRequest,
  type TaskStatus,
} from '../../main/providers/provider'
import {
  type Failure,
  type FailureAction,
  type FailureKind,
  providerRows,
  wan27,
} from '../../preload/contract'

/** What a call does: it answers or rejects. The last step of a script repeats. */
export type Step<T> = T | Error | ((signal: AbortSignal) => Promise<T>)

export interface FakeProvider extends Provider {
  calls: {
    create: ProviderRequest[]
    query: string[]
    cancel: string[]
    list: number
    upload: string[]
  }
  script: {
    create: Step<CreatedTask>[]
    query: Step<TaskStatus>[]
    cancel: Step<'cancelled' | 'too-late'>[]
    list: Step<ListedTask[]>[]
    upload: Step<string>[]
  }
}

export const failureOf = (kind: FailureKind, action: FailureAction = 'none'): Failure => ({
  kind,
  text: { key: `failure.${kind}`, values: {} },
  action,
  provider: { code: 'Code', message: `said ${kind}`, requestId: 'request-9', httpStatus: 400 },
})

export const providerError = (
  kind: FailureKind,
  sent: 'no' | 'refused' | 'maybe',
  action: FailureAction = 'none',
  retryAfter: number | null = null,
): ProviderError => new ProviderError(failureOf(kind, action), sent, retryAfter)

export const offline = () => providerError('temporary', 'no', 'reconnect')

export const running: TaskStatus = { status: 'running', progress: null, requestId: null }
export const pending: TaskStatus = { status: 'pending', progress: null, requestId: null }
export const succeeded: TaskStatus = {
  status: 'succeeded',
  resultUrl: 'https://results.example/one.mp4',
  requestId: 'request-2',
  usage: { seconds: 10, input: 5, output: 5 },
}

/** A provider that follows its script and records its calls. */
export const createFakeProvider = (): FakeProvider => {
  let tasks = 0
  const calls: FakeProvider['calls'] = { create: [], query: [], cancel: [], list: 0, upload: [] }
  const script: FakeProvider['script'] = {
    create: [],
    query: [pending, running, succeeded],
    cancel: ['cancelled'],
    list: [[]],
    upload: [],
  }
  const next = async <T>(steps: Step<T>[], signal: AbortSignal, usual: () => T): Promise<T> => {
    signal.throwIfAborted()
    const step = steps.length > 1 ? steps.shift() : steps[0]
    if (step === undefined) return usual()
    if (step instanceof Error) throw step
    return typeof step === 'function'
      ? await (step as (s: AbortSignal) => Promise<T>)(signal)
      : step
  }
  return {
    calls,
    script,
    row: {
      id: 'dashscope',
      name: 'DashScope',
      protocol: 'none',
      modes: {
        ...providerRows.dashscope.modes,
        edit: {
          model: 'wan2.7-videoedit',
          limits: { ...wan27.edit.options, ratios: ['16:9'], seed: { min: 0, max: 1 } },
          pricing: {
            currency: 'USD',
            perSecond: { '720p': 0.1, '1080p': 0.15 },
            bills: 'input+output',
          },
        },
      },
      polling: { first: 5_000, interval: 15_000, jitter: 0.2 },
      retention: 24 * 3_600_000,
      keyVariable: null,
      baseUrlVariables: [],
      baseUrl: 'https://provider.example',
    },
    create: async (request, { signal }) => {
      calls.create.push(request)
      tasks++
      const task = { taskId: `task-${tasks}`, requestId: 'request-1', sent: { model: 'wan' } }
      return await next(script.create, signal, () => task)
    },
    query: async (taskId, { signal }) => {
      calls.query.push(taskId)
      return await next(script.query, signal, () => running)
    },
    cancel: async (taskId, { signal }) => {
      calls.cancel.push(taskId)
      return await next(script.cancel, signal, () => 'cancelled' as const)
    },
    list: async (_mode, { signal }) => {
      calls.list++
      const tasks = await next(script.list, signal, () => [])
      return { tasks, isComplete: true, now: null }
    },
    upload: async (_mode, file, { signal, onProgress }) => {
      calls.upload.push(file.name)
      onProgress?.(0.5)
      return await next(script.upload, signal, () => `oss://bucket/${file.name}`)
    },
    tellsPrompt: true,
    test: async () => {},
  }
}
