import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Fault as AnyFault, type Exchange, send, strike } from './dashscope-server-faults'
import type { Reply } from './dashscope-server-reply'
import { close, fileReply, listen } from './loopback'

export type { Reply } from './dashscope-server-reply'

/** One thing that goes wrong with one request; `members` replaces members of the real answer, undefined takes one away. */
export type StrictFault =
  | Exclude<AnyFault, { kind: 'output' }>
  | { kind: 'members'; members: Record<string, unknown>; effect?: boolean }

/** An error as a provider shapes it. */
export type RefusalShape = (status: number, code: string, message: string) => Reply

export interface StrictTask {
  id: string
  /** Milliseconds since the epoch. */
  createdAt: number
  body: Record<string, unknown>
  /** What the coming queries answer, one word each; the last one stays. */
  words: string[]
}

/** One endpoint of a strict server. */
export interface Endpoint<Operation extends string> {
  operation: Operation
  method: string
  path: RegExp
  /** Which of the server's origins has it; the API when not said. */
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
  /** Why a request breaks the documents by its headers alone; null when it does not. */
  headers?: (request: IncomingMessage) => string | null
  endpoints: (server: StrictServer<Operation>) => readonly Endpoint<Operation>[]
  newId: () => string
}

/** A strict service on loopback, written from its documents; nothing of our client is in it. */
export interface StrictServer<Operation extends string = string> {
  url: string
  /** Origin of the Files API, where the service has one. */
  filesUrl: string
  key: string
  /** Everything that a documented client would not have done. */
  violations: string[]
  /** Requests received, by operation, faults included. */
  calls: Partial<Record<Operation | 'download', number>>
  tasks: Map<string, StrictTask>
  /** Create bodies as they came, in order. */
  bodies: unknown[]
  /** Requests that reached the other origin, where a redirect leads. */
  elsewhere: IncomingMessage[]
  elsewhereUrl: string
  result: Buffer
  words: string[]
  /** The next requests of this operation go wrong, one fault each. */
  next: (operation: Operation | 'download', ...faults: StrictFault[]) => void
  addTask: (createdAt?: number, words?: readonly string[]) => StrictTask
  /** The word of a task for this query; null when there is no such task. */
  wordOf: (id: string) => string | null
  resultUrlOf: (id: string) => string
  /** Notes what the documents forbid and gives the provider's refusal of it. */
  violation: (reply: Reply, what: string) => Reply
  stop: () => Promise<void>
}

/** The JSON of a body; undefined where it is none. */
export async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}

/** Starts the server: API, files, results and a stranger each on an origin of their own. */
export async function startStrictServer<Operation extends string>(
  options: StrictServerOptions<Operation>,
): Promise<StrictServer<Operation>> {
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

  function guarded(request: IncomingMessage, reply: () => Promise<Reply>) {
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

  function api(request: IncomingMessage, origin?: 'files'): Found | null {
    const { pathname, searchParams } = new URL(request.url ?? '/', url)
    for (const endpoint of endpoints) {
      const match = endpoint.path.exec(pathname)
      if (!match || endpoint.method !== request.method || endpoint.origin !== origin) continue
      const reply = () => endpoint.reply(request, match, searchParams)
      return { operation: endpoint.operation, reply: guarded(request, reply) }
    }
    return null
  }

  function result(request: IncomingMessage): Found | null {
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

  async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    route: () => Found | null,
  ) {
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

  async function ignored(request: IncomingMessage): Promise<Reply> {
    for await (const _ of request);
    return { status: 200, json: {} }
  }

  async function hit(exchange: Exchange, fault: StrictFault, reply: Reply): Promise<void> {
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
