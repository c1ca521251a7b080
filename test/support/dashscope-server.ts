import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createAnswers } from './dashscope-server-answers'
import { type Exchange, type Fault, type Operation, send, strike } from './dashscope-server-faults'
import { type Reply, refused } from './dashscope-server-reply'
import { type Policy, receiveUpload } from './dashscope-server-storage'
import type { DashScopeServer, ServerOptions } from './dashscope-server-types'
import { close, listen } from './loopback'

export type { Fault, Operation } from './dashscope-server-faults'
export type { StoredObject } from './dashscope-server-storage'
export type { DashScopeServer, ServerOptions, ServerTask } from './dashscope-server-types'

const defaultUsage = {
  duration: 10.08,
  input_video_duration: 5.04,
  output_video_duration: 5.04,
  video_count: 1,
  SR: 720,
}

/** Starts the server, with separate origins for API, storage and results. */
export const startDashScopeServer = async (
  options: ServerOptions = {},
): Promise<DashScopeServer> => {
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

  const answers = createAnswers({
    server,
    policies,
    storageUrl: storageUrl ?? '',
    resultUrl: resultUrl ?? '',
    policySeconds: options.policySeconds ?? 300,
    now,
  })

  type Route = (exchange: Exchange) => { operation: Operation; reply: () => Promise<Reply> } | null

  const serve = async (request: IncomingMessage, response: ServerResponse, route: Route) => {
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
      if (fault)
        await strike(exchange, fault, reply, {
          elsewhereUrl: server.elsewhereUrl,
          file: server.result,
        })
      else send(exchange, reply)
    } catch (error) {
      if (!request.destroyed) server.violations.push(`broken request: ${String(error)}`)
      request.socket.destroy()
    }
  }

  const ignored = async (request: IncomingMessage): Promise<Reply> => {
    for await (const _ of request);
    return { status: 200, json: {} }
  }

  const refuseKey = (request: IncomingMessage): Reply | null => {
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
      return of('policy', async () => answers.policy(searchParams))
    }
    const creates = pathname === '/api/v1/services/aigc/video-generation/video-synthesis'
    if (request.method === 'POST' && creates) return of('create', () => answers.create(request))
    if (request.method === 'GET' && pathname === '/api/v1/tasks/') {
      return of('list', async () => answers.list(searchParams))
    }
    const task = /^\/api\/v1\/tasks\/([\w-]+)(\/cancel)?$/.exec(pathname)
    if (request.method === 'GET' && task?.[1] && !task[2]) {
      return of('query', async () => answers.query(task[1] ?? ''))
    }
    if (request.method === 'POST' && task?.[1] && task[2]) {
      return of('cancel', async () => answers.cancel(task[1] ?? ''))
    }
    return null
  }

  const routeStorage: Route = ({ request }) => {
    if (request.method !== 'POST' || request.url !== '/') return null
    const reply = async (): Promise<Reply> => {
      const answer = await receiveUpload(request, policies, server.objects, now())
      if (answer.object) server.objects.set(answer.object.key, answer.object)
      else if (!answer.xml.includes('Policy expired')) server.violations.push(answer.xml)
      const headers = { 'content-type': 'application/xml' }
      return { status: answer.status, raw: { body: Buffer.from(answer.xml), headers } }
    }
    return { operation: 'upload', reply }
  }

  const routeResults: Route = ({ request }) => {
    if (request.method !== 'GET' || !request.url?.startsWith('/results/')) return null
    return { operation: 'download', reply: async () => answers.download(request) }
  }

  return server
}
