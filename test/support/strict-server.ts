import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Fault as AnyFault, type Exchange, send, strike } from './dashscope-server-faults'
import type { Reply } from './dashscope-server-reply'
import { close, fileReply, listen } from './loopback'

export type { Reply } from './dashscope-server-reply'

/** A fault of one request; `members` replaces members of the real answer, undefined removes one. */
export type StrictFault =
  | Exclude<AnyFault, { kind: 'output' }>
  | { kind: 'members'; members: Record<string, unknown>; effect?: boolean }

/** An error in a provider's own shape. */
export type RefusalShape = (status: number, code: string, message: string) => Reply

export interface StrictTask {
  id: string
  /** Milliseconds since the epoch. */
  createdAt: number
  body: Record<string, unknown>
  /** The statuses that the next queries answer, one each; the last one repeats. */
  words: string[]
}

/** One endpoint of a strict server. */
export interface Endpoint<Operation extends string> {
  operation: Operation
  method: string
  path: RegExp
  /** The origin of the endpoint; default the API. */
  origin?: 'files'
  reply: (
    request: IncomingMessage,
    match: RegExpExecArray,
    search: URLSearchParams,
  ) => Promise<Reply>
}

export interface StrictServerOptions<Operation extends string> {
  key: string
  words: readonly string[]
  result?: Buffer
  refused: RefusalShape
  unauthorized: { code: string; message: string }
  /** Why the headers of a request break the documents; null when they do not. */
  headers?: (request: IncomingMessage) => string | null
  endpoints: (server: StrictServer<Operation>) => readonly Endpoint<Operation>[]
  newId: () => string
}

/** A strict service on loopback, written from its documents without the adapter. */
export interface StrictServer<Operation extends string = string> {
  url: string
  /** Origin of the Files API, where the service has one. */
  filesUrl: string
  key: string
  /** Every request that the documents do not allow. */
  violations: string[]
  /** Received requests by operation, with faults. */
  calls: Partial<Record<Operation | 'download', number>>
  tasks: Map<string, StrictTask>
  /** The bodies of create calls, in order. */
  bodies: unknown[]
  /** Requests that followed a redirect to the other origin. */
  elsewhere: IncomingMessage[]
  elsewhereUrl: string
  result: Buffer
  words: string[]
  /** Applies one fault each to the next requests of this operation. */
  next: (operation: Operation | 'download', ...faults: StrictFault[]) => void
  addTask: (createdAt?: number, words?: readonly string[]) => StrictTask
  /** The status of a task for this query; null when there is no such task. */
  wordOf: (id: string) => string | null
  resultUrlOf: (id: string) => string
  /** Records a violation of the documents and gives the provider's refusal. */
  violation: (reply: Reply, what: string) => Reply
  stop: () => Promise<void>
}

/** The JSON of a body; undefined for anything else. */
export const jsonOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}

/** Starts the server, with separate origins for API, files, results and redirects. */
export const startStrictServer = async <Operation extends string>(
  options: StrictServerOptions<Operation>,
): Promise<StrictServer<Operation>> => {
  type Any = Operation | 'download'
  const faults = new Map<Any, StrictFault[]>()
  const servers = [
    createServer((request, response) => void serve(request, response, () => api(request))),
    createServer((request, response) => void serve(request, response, () => api(request, 'files'))),
    createServer((request, response) => void serve(request, response, () => result(request))),
    createServer((request, response) => {
      server.elsewhere.push(request)
      if (request.headers.authorization) server.violations.push('the key followed a redirect')
      response.end('{}')
    }),
  ]
  const [url = '', filesUrl = '', resultsUrl = '', elsewhereUrl = ''] = await Promise.all(
    servers.map(listen),
  )

  const server: StrictServer<Operation> = {
    url,
    filesUrl,
    key: options.key,
    violations: [],
    calls: {},
    tasks: new Map(),
    bodies: [],
    elsewhere: [],
    elsewhereUrl,
    result: options.result ?? Buffer.from('not a real clip'),
    words: [...options.words],
    next: (operation, ...more) => {
      faults.set(operation, [...(faults.get(operation) ?? []), ...more])
    },
    addTask: (createdAt = Date.now(), words = server.words) => {
      const task = { id: options.newId(), createdAt, body: {}, words: [...words] }
      server.tasks.set(task.id, task)
      return task
    },
    wordOf: (id) => {
      const task = server.tasks.get(id)
      if (!task) return null
      return (task.words.length > 1 ? task.words.shift() : task.words[0]) ?? null
    },
    resultUrlOf: (id) => `${resultsUrl}/results/${id}.mp4?Expires=1&Signature=b%3D`,
    violation: (reply, what) => {
      server.violations.push(what)
      return reply
    },
    stop: async () => {
      await Promise.all(servers.map(close))
    },
  }
  const endpoints = options.endpoints(server)

  interface Found {
    operation: Any
    reply: () => Promise<Reply>
  }

  const guarded = (request: IncomingMessage, reply: () => Promise<Reply>) => {
    return async (): Promise<Reply> => {
      const { code, message } = options.unauthorized
      if (request.headers.authorization !== `Bearer ${server.key}`) {
        request.resume()
        const refusal = options.refused(401, code, message)
        return server.violation(refusal, `wrong key: ${request.method} ${request.url}`)
      }
      const broken = options.headers?.(request)
      if (!broken) return reply()
      request.resume()
      return server.violation(options.refused(400, 'invalid_request', broken), broken)
    }
  }

  const api = (request: IncomingMessage, origin?: 'files'): Found | null => {
    const { pathname, searchParams } = new URL(request.url ?? '/', url)
    for (const endpoint of endpoints) {
      const match = endpoint.path.exec(pathname)
      if (!match || endpoint.method !== request.method || endpoint.origin !== origin) continue
      const reply = () => endpoint.reply(request, match, searchParams)
      return { operation: endpoint.operation, reply: guarded(request, reply) }
    }
    return null
  }

  const result = (request: IncomingMessage): Found | null => {
    if (request.method !== 'GET' || !request.url?.startsWith('/results/')) return null
    return {
      operation: 'download',
      reply: async () => {
        if (request.headers.authorization === undefined) return fileReply(request, server.result)
        const body = Buffer.from('<Error><Code>SignatureDoesNotMatch</Code></Error>')
        const reply = { status: 403, raw: { body, headers: { 'content-type': 'application/xml' } } }
        return server.violation(reply, 'a result was asked for with Authorization')
      },
    }
  }

  const serve = async (
    request: IncomingMessage,
    response: ServerResponse,
    route: () => Found | null,
  ) => {
    const exchange = { request, response }
    request.on('error', () => undefined)
    response.on('error', () => undefined)
    try {
      const found = route()
      if (!found) {
        request.resume()
        const what = `no such endpoint: ${request.method} ${request.url}`
        send(exchange, server.violation(options.refused(404, 'not_found', what), what))
        return
      }
      const { operation } = found
      server.calls[operation] = (server.calls[operation] ?? 0) + 1
      const fault = faults.get(operation)?.shift()
      const takesEffect = !fault || fault.effect || ['members', 'slow-body'].includes(fault.kind)
      const reply = takesEffect ? await found.reply() : await ignored(request)
      if (fault) await hit(exchange, fault, reply)
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

  const hit = async (exchange: Exchange, fault: StrictFault, reply: Reply): Promise<void> => {
    if (fault.kind === 'members') {
      send(exchange, { ...reply, json: { ...reply.json, ...fault.members } })
      return
    }
    if (fault.kind !== 'status') {
      await strike(exchange, fault, reply, { elsewhereUrl, file: server.result })
      return
    }
    const message = fault.message ?? 'scripted fault'
    const refusal = options.refused(fault.status, fault.code ?? 'internal_error', message)
    for (const [name, value] of Object.entries(fault.headers ?? {})) {
      exchange.response.setHeader(name, value)
    }
    send(exchange, refusal)
  }

  return server
}
