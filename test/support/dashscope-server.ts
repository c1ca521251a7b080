import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { judgeCreate, judgeUpload, models, type Policy, type StoredObject } from './dashscope-rules'
import {
  jsonOf,
  type Reply,
  type StrictServer,
  type StrictTask,
  startStrictServer,
} from './strict-server'

export type { StoredObject } from './dashscope-rules'
export type { Fault } from './strict-faults'

/*
 * DashScope according to its documents (docs/providers/dashscope.md). Written from the documents alone, never from our
 * client.
 */

export type DashScopeOperation = 'policy' | 'upload' | 'create' | 'query' | 'list' | 'cancel'
export type Operation = DashScopeOperation | 'download'

export interface ServerOptions {
  key?: string
  model?: string
  /** Words of a new task, one a query. The last word stays. */
  words?: readonly string[]
  /** Bytes of every result. */
  result?: Buffer
  usage?: unknown
  /** Milliseconds since the epoch. */
  now?: () => number
  policySeconds?: number
}

export interface DashScopeServer extends StrictServer<DashScopeOperation> {
  model: string
  usage: unknown
  objects: Map<string, StoredObject>
  /** Makes every policy given out so far too old. */
  expirePolicies: () => void
}

const defaultUsage = {
  duration: 10.08,
  input_video_duration: 5.04,
  output_video_duration: 5.04,
  video_count: 1,
  SR: 720,
}

const refused = (status: number, code: string, message: string): Reply => ({
  status,
  json: { request_id: randomUUID(), code, message },
})

const ok = (json: Record<string, unknown>): Reply => ({
  status: 200,
  json: { request_id: randomUUID(), ...json },
})

const stamp = (time: number): string =>
  new Date(time + 8 * 3_600_000).toISOString().replace('T', ' ').replace('Z', '')

/** The input of a task's create. A task that another client created has none. */
const taskInput = z
  .object({ input: z.object({ prompt: z.string().optional() }).default({}) })
  .transform(({ input }) => input)

const listParameters = new Set([
  ...['task_id', 'start_time', 'end_time', 'model_name', 'status', 'page_no', 'page_size'],
])

/** Starts a strict DashScope. */
export const startDashScopeServer = async (
  options: ServerOptions = {},
): Promise<DashScopeServer> => {
  const { now = Date.now, policySeconds = 300, model = 'wan2.7-videoedit' } = options
  const policies: Policy[] = []

  const offered = [model, ...models]
  const modelOf = (task: StrictTask) => String(task.body['model'] ?? model)

  const policy = (search: URLSearchParams): Reply => {
    const wanted = search.get('model') ?? ''
    if (search.get('action') !== 'getPolicy' || !offered.includes(wanted)) {
      const refusal = refused(400, 'InvalidParameter', 'action and model are required')
      return server.violation(refusal, `policy asked for ${search}`)
    }
    const id = randomUUID()
    const uploadDir = `dashscope-instant/${id}/2026-11-20/${randomUUID()}`
    const fields = {
      OSSAccessKeyId: 'LTAItest',
      Signature: `${Buffer.from(id).toString('base64')}=`,
      policy: Buffer.from(JSON.stringify({ id })).toString('base64'),
      'x-oss-object-acl': 'private',
      'x-oss-forbid-overwrite': 'true',
    }
    policies.push({ model: wanted, expiresAt: now() + policySeconds * 1000, fields, uploadDir })
    const data = {
      policy: fields.policy,
      signature: fields.Signature,
      oss_access_key_id: fields.OSSAccessKeyId,
      upload_dir: uploadDir,
      upload_host: server.filesUrl,
      expire_in_seconds: policySeconds,
      max_file_size_mb: 1024,
      capacity_limit_mb: 999_999_999,
      x_oss_object_acl: 'private',
      x_oss_forbid_overwrite: 'true',
    }
    return ok({ data })
  }

  const upload = async (request: IncomingMessage): Promise<Reply> => {
    const outcome = await judgeUpload(request, policies, server.objects, now())
    if ('key' in outcome) {
      server.objects.set(outcome.key, outcome)
      return { status: 200, raw: { body: Buffer.alloc(0), headers: {} } }
    }
    const xml = String(outcome.raw?.body)
    return xml.includes('Policy expired') ? outcome : server.violation(outcome, xml)
  }

  const create = async (request: IncomingMessage): Promise<Reply> => {
    const body = await jsonOf(request)
    server.bodies.push(body)
    const knowsObject = (link: string, name: string) =>
      server.objects.get(link.replace(/^oss:\/\//, ''))?.model === name
    const refusal = judgeCreate({ headers: request.headers, body, model, knowsObject })
    if (refusal) {
      const { status, code, message } = refusal
      return server.violation(refused(status, code, message), `create: ${code}: ${message}`)
    }
    const task = server.addTask()
    task.body = body as Record<string, unknown>
    return ok({
      request_id: task.requestId,
      output: { task_id: task.id, task_status: 'PENDING' },
    })
  }

  const query = (id: string): Reply => {
    const task = server.tasks.get(id)
    const word = server.wordOf(id) ?? 'UNKNOWN'
    const output: Record<string, unknown> = { task_id: id, task_status: word }
    if (!task || word === 'UNKNOWN') return ok({ output })
    output['submit_time'] = stamp(task.createdAt)
    if (word === 'FAILED') Object.assign(output, { code: 'InternalError', message: 'it failed' })
    if (word !== 'SUCCEEDED') return ok({ output })
    const { prompt } = taskInput.parse(task.body)
    if (prompt) output['orig_prompt'] = prompt
    Object.assign(output, { end_time: stamp(now()), video_url: server.resultUrlOf(id) })
    return ok({ output, usage: server.usage })
  }

  const list = (search: URLSearchParams): Reply => {
    for (const name of search.keys())
      if (!listParameters.has(name)) server.violations.push(`list: unknown parameter ${name}`)
    for (const name of ['start_time', 'end_time']) {
      const value = search.get(name)
      if (!value || /^\d{14}$/.test(value)) continue
      const refusal = refused(400, 'InvalidParameter', `${name} must be YYYYMMDDhhmmss`)
      return server.violation(refusal, `list: ${name}=${value}`)
    }
    const size = Number(search.get('page_size') ?? 10)
    const page = Number(search.get('page_no') ?? 1)
    const isWhole = Number.isInteger(size) && Number.isInteger(page)
    if (!isWhole || size < 1 || size > 100 || page < 1) {
      const refusal = refused(400, 'InvalidParameter', 'page_no or page_size is invalid')
      return server.violation(refusal, `list: page ${page} of ${size}`)
    }
    const day = now() - 24 * 3_600_000
    const name = search.get('model_name')
    const tasks = [...server.tasks.values()]
      .filter((task) => task.createdAt >= day && (name === null || name === modelOf(task)))
      .reverse()
    const data = tasks.slice((page - 1) * size, page * size).map((task) => ({
      task_id: task.id,
      model_name: modelOf(task),
      status: task.words[0],
      region: 'ap-southeast-1',
      gmt_create: task.createdAt,
      start_time: task.createdAt + 1000,
      request_id: task.requestId,
      api_key_id: '1',
    }))
    return ok({
      data,
      page_no: page,
      page_size: size,
      total_page: Math.max(1, Math.ceil(tasks.length / size)),
      total: tasks.length,
    })
  }

  const cancel = (id: string): Reply => {
    const task = server.tasks.get(id)
    if (task?.words[0] !== 'PENDING') {
      const message = 'Failed to cancel the task, please confirm if the task is in PENDING status.'
      return refused(400, 'UnsupportedOperation', message)
    }
    task.words = ['CANCELED']
    return ok({})
  }

  const core = await startStrictServer<DashScopeOperation>({
    key: options.key ?? 'sk-strict-test',
    words: options.words ?? ['PENDING', 'RUNNING', 'SUCCEEDED'],
    result: options.result,
    now,
    refused,
    unauthorized: { code: 'InvalidApiKey', message: 'Invalid API-key provided.' },
    faultCode: 'InternalError',
    endpoints: () => [
      {
        operation: 'policy',
        method: 'GET',
        path: /^\/api\/v1\/uploads$/,
        reply: (_, __, search) => policy(search),
      },
      {
        operation: 'upload',
        method: 'POST',
        path: /^\/$/,
        origin: 'files',
        open: true,
        reply: upload,
      },
      {
        operation: 'create',
        method: 'POST',
        path: /^\/api\/v1\/services\/aigc\/video-generation\/video-synthesis$/,
        reply: create,
      },
      {
        operation: 'list',
        method: 'GET',
        path: /^\/api\/v1\/tasks\/$/,
        reply: (_, __, search) => list(search),
      },
      {
        operation: 'query',
        method: 'GET',
        path: /^\/api\/v1\/tasks\/([\w-]+)$/,
        reply: (_, match) => query(match[1] ?? ''),
      },
      {
        operation: 'cancel',
        method: 'POST',
        path: /^\/api\/v1\/tasks\/([\w-]+)\/cancel$/,
        reply: (_, match) => cancel(match[1] ?? ''),
      },
    ],
  })
  const server: DashScopeServer = Object.assign(core, {
    model,
    objects: new Map<string, StoredObject>(),
    usage: options.usage ?? defaultUsage,
    expirePolicies: () => {
      for (const one of policies) one.expiresAt = Number.NEGATIVE_INFINITY
    },
  })
  return server
}
