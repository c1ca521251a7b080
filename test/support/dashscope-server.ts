import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  drip,
  type Exchange,
  type Fault,
  type Operation,
  reset,
  stallBody,
  truncate,
} from './dashscope-server-faults'
import { judgeCreate } from './dashscope-server-rules'
import { expiredLink, type Policy, type StoredObject, takeUpload } from './dashscope-server-storage'

export type { Fault, Operation } from './dashscope-server-faults'
export type { StoredObject } from './dashscope-server-storage'

/** A task as the server keeps it. Times in ms since the epoch. */
export interface ServerTask {
  id: string
  createdAt: number
  body: Record<string, unknown>
  /** What the coming queries answer, one word each; the last one stays. */
  words: string[]
  requestId: string
}

export interface ServerOptions {
  key?: string
  model?: string
  /** Words of a new task, one a query; the last one stays. */
  words?: readonly string[]
  /** Bytes behind every result link. */
  result?: Buffer
  usage?: unknown
  /** Milliseconds since the epoch. */
  now?: () => number
  policySeconds?: number
}

/** A strict DashScope on loopback, written from the documents; nothing of our client is in it. */
export interface DashScopeServer {
  /** Base URL, without /api/v1. */
  url: string
  key: string
  model: string
  /** Everything that a documented client would not have done. */
  violations: string[]
  /** Requests received, by operation, faults included. */
  calls: Record<Operation, number>
  tasks: Map<string, ServerTask>
  objects: Map<string, StoredObject>
  /** Create bodies as they came, in order. */
  bodies: unknown[]
  /** Requests that reached the other origin, where a redirect leads. */
  elsewhere: IncomingMessage[]
  /** Origin that a redirect fault leads to. */
  elsewhereUrl: string
  result: Buffer
  usage: unknown
  words: string[]
  /** The next requests of this operation go wrong, one fault each. */
  next: (operation: Operation, ...faults: Fault[]) => void
  /** Every policy handed out so far is too old from now on. */
  expirePolicies: () => void
  /** A task that some other create made, at this time. */
  addTask: (createdAt?: number, words?: readonly string[]) => ServerTask
  stop: () => Promise<void>
}

interface Reply {
  status: number
  json?: Record<string, unknown>
  raw?: { body: Buffer; headers: Record<string, string | number> }
}

const stamp = (time: number): string =>
  new Date(time + 8 * 3_600_000).toISOString().replace('T', ' ').replace('Z', '')

const refused = (status: number, code: string, message: string): Reply => ({
  status,
  json: { request_id: randomUUID(), code, message },
})

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    })
  })

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const defaultUsage = {
  duration: 10.08,
  input_video_duration: 5.04,
  output_video_duration: 5.04,
  video_count: 1,
  SR: 720,
}

/** Starts the server: API, storage and results each on an origin of their own. */
export async function startDashScopeServer(options: ServerOptions = {}): Promise<DashScopeServer> {
  const now = options.now ?? Date.now
  const policies: Policy[] = []
  const faults = new Map<Operation, Fault[]>()
  const api = createServer((request, response) => void serve(request, response, routeApi))
  const storage = createServer((request, response) => void serve(request, response, routeStorage))
  const results = createServer((request, response) => void serve(request, response, routeResults))
  const other = createServer((request, response) => {
    server.elsewhere.push(request)
    if (request.headers.authorization) server.violations.push('the key followed a redirect')
    response.end('{}')
  })
  const [url, storageUrl, resultUrl, elsewhereUrl] = await Promise.all(
    [api, storage, results, other].map(listen),
  )

  const server: DashScopeServer = {
    url: url ?? '',
    key: options.key ?? 'sk-strict-test',
    model: options.model ?? 'wan2.7-videoedit',
    violations: [],
    calls: { policy: 0, upload: 0, create: 0, query: 0, list: 0, cancel: 0, download: 0 },
    tasks: new Map(),
    objects: new Map(),
    bodies: [],
    elsewhere: [],
    elsewhereUrl: elsewhereUrl ?? '',
    result: options.result ?? Buffer.from('not a real clip'),
    usage: options.usage ?? defaultUsage,
    words: [...(options.words ?? ['PENDING', 'RUNNING', 'SUCCEEDED'])],
    next: (operation, ...more) => {
      faults.set(operation, [...(faults.get(operation) ?? []), ...more])
    },
    expirePolicies: () => {
      for (const policy of policies) policy.expiresAt = Number.NEGATIVE_INFINITY
    },
    addTask: (createdAt = now(), words = server.words) => {
      const task = {
        id: randomUUID(),
        createdAt,
        body: {},
        words: [...words],
        requestId: randomUUID(),
      }
      server.tasks.set(task.id, task)
      return task
    },
    stop: async () => {
      await Promise.all([api, storage, results, other].map(close))
    },
  }

  type Route = (exchange: Exchange) => { operation: Operation; reply: () => Promise<Reply> } | null

  async function serve(request: IncomingMessage, response: ServerResponse, route: Route) {
    const exchange = { request, response }
    request.on('error', () => undefined)
    response.on('error', () => undefined)
    try {
      const found = route(exchange)
      if (!found) {
        server.violations.push(`no such endpoint: ${request.method} ${request.url}`)
        send(exchange, refused(404, 'NotFound', 'no such endpoint'))
        return
      }
      server.calls[found.operation] += 1
      const fault = faults.get(found.operation)?.shift()
      const takesEffect =
        !fault || fault.effect || fault.kind === 'output' || fault.kind === 'slow-body'
      const reply = takesEffect ? await found.reply() : await ignored(request)
      if (fault) await strike(exchange, fault, reply, found.operation)
      else send(exchange, reply)
    } catch (error) {
      if (!request.destroyed) server.violations.push(`broken request: ${String(error)}`)
      request.socket.destroy()
    }
  }

  async function ignored(request: IncomingMessage): Promise<Reply> {
    for await (const _ of request);
    return { status: 200, json: {} }
  }

  function send({ response }: Exchange, reply: Reply): void {
    const body = reply.raw?.body ?? Buffer.from(JSON.stringify(reply.json ?? {}))
    response.writeHead(reply.status, {
      'content-type': 'application/json',
      'content-length': body.length,
      ...reply.raw?.headers,
    })
    response.end(body)
  }

  async function strike(exchange: Exchange, fault: Fault, reply: Reply, operation: Operation) {
    const { response } = exchange
    switch (fault.kind) {
      case 'status': {
        const code = fault.code ?? 'InternalError'
        const answer = refused(fault.status, code, fault.message ?? 'scripted fault')
        for (const [name, value] of Object.entries(fault.headers ?? {})) {
          response.setHeader(name, value)
        }
        send(exchange, answer)
        return
      }
      case 'reset':
        reset(exchange)
        return
      case 'stall':
        return
      case 'stall-body':
        stallBody(exchange, Buffer.from(JSON.stringify(reply.json ?? { request_id: randomUUID() })))
        return
      case 'slow-body':
        response.writeHead(reply.status, { 'content-type': 'application/json' })
        await drip(exchange, Buffer.from(JSON.stringify(reply.json ?? {})), fault.milliseconds)
        return
      case 'body':
        response.writeHead(fault.status ?? 200, {
          'content-type': fault.contentType ?? 'application/json',
        })
        response.end(fault.text)
        return
      case 'redirect': {
        const to = fault.to ?? `${server.elsewhereUrl}${exchange.request.url}`
        response.writeHead(fault.status ?? 302, { location: to })
        response.end()
        return
      }
      case 'output': {
        const output = { ...(reply.json?.['output'] as object), ...fault.output }
        const usage = 'usage' in fault ? { usage: fault.usage } : {}
        send(exchange, { ...reply, json: { ...reply.json, ...usage, output } })
        return
      }
      case 'expired':
        response.writeHead(403, { 'content-type': 'application/xml' })
        response.end(expiredLink)
        return
      case 'truncate':
        truncate(
          exchange,
          operation === 'download' ? server.result : Buffer.from('{}'),
          fault.length,
        )
    }
  }

  function refuseKey(request: IncomingMessage): Reply | null {
    if (request.headers.authorization === `Bearer ${server.key}`) return null
    server.violations.push(`wrong key: ${request.method} ${request.url}`)
    return refused(401, 'InvalidApiKey', 'Invalid API-key provided.')
  }

  const guarded = (request: IncomingMessage, reply: () => Promise<Reply>) => async () => {
    const refusal = refuseKey(request)
    if (refusal) {
      request.resume()
      return refusal
    }
    return reply()
  }

  const routeApi: Route = ({ request }) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', server.url)
    const of = (operation: Operation, reply: () => Promise<Reply>) => ({
      operation,
      reply: guarded(request, reply),
    })
    if (request.method === 'GET' && pathname === '/api/v1/uploads') {
      return of('policy', async () => policy(searchParams))
    }
    const creates = pathname === '/api/v1/services/aigc/video-generation/video-synthesis'
    if (request.method === 'POST' && creates) return of('create', () => create(request))
    if (request.method === 'GET' && pathname === '/api/v1/tasks/') {
      return of('list', async () => list(searchParams))
    }
    const task = /^\/api\/v1\/tasks\/([\w-]+)(\/cancel)?$/.exec(pathname)
    if (request.method === 'GET' && task?.[1] && !task[2]) {
      return of('query', async () => query(task[1] ?? ''))
    }
    if (request.method === 'POST' && task?.[1] && task[2]) {
      return of('cancel', async () => cancel(task[1] ?? ''))
    }
    return null
  }

  const routeStorage: Route = ({ request }) => {
    if (request.method !== 'POST' || request.url !== '/') return null
    const reply = async (): Promise<Reply> => {
      const answer = await takeUpload(request, policies, server.objects, now())
      if (answer.object) server.objects.set(answer.object.key, answer.object)
      else if (!answer.xml.includes('Policy expired')) server.violations.push(answer.xml)
      const headers = { 'content-type': 'application/xml' }
      return { status: answer.status, raw: { body: Buffer.from(answer.xml), headers } }
    }
    return { operation: 'upload', reply }
  }

  const routeResults: Route = ({ request }) => {
    if (request.method !== 'GET' || !request.url?.startsWith('/results/')) return null
    return { operation: 'download', reply: async () => download(request) }
  }

  function policy(search: URLSearchParams): Reply {
    if (search.get('action') !== 'getPolicy' || search.get('model') !== server.model) {
      server.violations.push(`policy asked for ${search}`)
      return refused(400, 'InvalidParameter', 'action and model are required')
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
    const seconds = options.policySeconds ?? 300
    policies.push({ model: server.model, expiresAt: now() + seconds * 1000, fields, uploadDir })
    const data = {
      policy: fields.policy,
      signature: fields.Signature,
      oss_access_key_id: fields.OSSAccessKeyId,
      upload_dir: uploadDir,
      upload_host: storageUrl,
      expire_in_seconds: seconds,
      max_file_size_mb: 1024,
      capacity_limit_mb: 999_999_999,
      x_oss_object_acl: 'private',
      x_oss_forbid_overwrite: 'true',
    }
    return { status: 200, json: { request_id: randomUUID(), data } }
  }

  async function create(request: IncomingMessage): Promise<Reply> {
    let body: unknown
    try {
      body = JSON.parse((await readBody(request)).toString('utf8'))
    } catch {
      body = undefined
    }
    server.bodies.push(body)
    const refusal = judgeCreate({
      headers: request.headers,
      body,
      model: server.model,
      knowsObject: (link) => server.objects.has(link.replace(/^oss:\/\//, '')),
    })
    if (refusal) {
      server.violations.push(`create: ${refusal.code}: ${refusal.message}`)
      return refused(refusal.status, refusal.code, refusal.message)
    }
    const task = server.addTask()
    task.body = body as Record<string, unknown>
    return {
      status: 200,
      json: { request_id: task.requestId, output: { task_id: task.id, task_status: 'PENDING' } },
    }
  }

  function query(id: string): Reply {
    const task = server.tasks.get(id)
    const word = task ? (task.words.length > 1 ? task.words.shift() : task.words[0]) : 'UNKNOWN'
    const output: Record<string, unknown> = { task_id: id, task_status: word }
    if (!task || word === 'UNKNOWN')
      return { status: 200, json: { request_id: randomUUID(), output } }
    output['submit_time'] = stamp(task.createdAt)
    if (word === 'FAILED') Object.assign(output, { code: 'InternalError', message: 'it failed' })
    if (word !== 'SUCCEEDED') return { status: 200, json: { request_id: randomUUID(), output } }
    output['end_time'] = stamp(now())
    output['video_url'] = `${resultUrl}/results/${id}.mp4?Expires=1&OSSAccessKeyId=a&Signature=b%3D`
    return { status: 200, json: { request_id: randomUUID(), output, usage: server.usage } }
  }

  function list(search: URLSearchParams): Reply {
    const known = [
      'task_id',
      'start_time',
      'end_time',
      'model_name',
      'status',
      'page_no',
      'page_size',
    ]
    for (const name of search.keys()) {
      if (!known.includes(name)) server.violations.push(`list: unknown parameter ${name}`)
    }
    for (const name of ['start_time', 'end_time']) {
      const value = search.get(name)
      if (value && !/^\d{14}$/.test(value)) {
        server.violations.push(`list: ${name}=${value}`)
        return refused(400, 'InvalidParameter', `${name} must be YYYYMMDDhhmmss`)
      }
    }
    const size = Number(search.get('page_size') ?? 10)
    const page = Number(search.get('page_no') ?? 1)
    if (!Number.isInteger(size) || size < 1 || size > 100 || !Number.isInteger(page) || page < 1) {
      server.violations.push(`list: page ${search.get('page_no')} of ${search.get('page_size')}`)
      return refused(400, 'InvalidParameter', 'page_no or page_size is invalid')
    }
    const day = now() - 24 * 3_600_000
    const tasks = [...server.tasks.values()].filter((task) => task.createdAt >= day).reverse()
    const data = tasks.slice((page - 1) * size, page * size).map((task) => ({
      task_id: task.id,
      model_name: server.model,
      status: task.words[0],
      region: 'ap-southeast-1',
      gmt_create: task.createdAt,
      start_time: task.createdAt + 1000,
      request_id: task.requestId,
      api_key_id: '1',
    }))
    const json = {
      request_id: randomUUID(),
      data,
      page_no: page,
      page_size: size,
      total_page: Math.max(1, Math.ceil(tasks.length / size)),
      total: tasks.length,
    }
    return { status: 200, json }
  }

  function cancel(id: string): Reply {
    const task = server.tasks.get(id)
    if (task?.words[0] !== 'PENDING') {
      return refused(
        400,
        'UnsupportedOperation',
        'Failed to cancel the task, please confirm if the task is in PENDING status.',
      )
    }
    task.words = ['CANCELED']
    return { status: 200, json: { request_id: randomUUID() } }
  }

  function download(request: IncomingMessage): Reply {
    if (request.headers.authorization !== undefined) {
      server.violations.push('a result was asked for with Authorization')
      const body = Buffer.from('<Error><Code>SignatureDoesNotMatch</Code></Error>')
      return { status: 403, raw: { body, headers: { 'content-type': 'application/xml' } } }
    }
    const whole = server.result
    const headers = { 'content-type': 'video/mp4', 'accept-ranges': 'bytes', etag: '"result"' }
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
    if (!range) return { status: 200, raw: { body: whole, headers } }
    const start = Number(range[1])
    const end = Math.min(range[2] ? Number(range[2]) : whole.length - 1, whole.length - 1)
    if (start >= whole.length) {
      const unsatisfied = { ...headers, 'content-range': `bytes */${whole.length}` }
      return { status: 416, raw: { body: Buffer.alloc(0), headers: unsatisfied } }
    }
    const partial = { ...headers, 'content-range': `bytes ${start}-${end}/${whole.length}` }
    return { status: 206, raw: { body: whole.subarray(start, end + 1), headers: partial } }
  }

  return server
}
