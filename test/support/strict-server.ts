import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import {
  close,
  type Exchange,
  type Fault,
  fileReply,
  listen,
  type Reply,
  send,
  strike,
  xmlError,
} from './strict-faults'

export type { Fault, Reply } from './strict-faults'

/** An error as a provider shapes it. */
export type RefusalShape = (status: number, code: string, message: string) => Reply

export interface StrictTask {
  id: string
  requestId: string
  /** Milliseconds since the epoch. */
  createdAt: number
  body: Record<string, unknown>
  /** What the next queries answer, one word each. The last word stays. */
  words: string[]
}

/** One endpoint of a strict server. */
export interface Endpoint<Operation extends string> {
  operation: Operation
  method: string
  path: RegExp
  /** The origin that has it. Default: the API. */
  origin?: 'files'
  /** Whether it is called without the key. */
  open?: boolean
  reply: (
    request: IncomingMessage,
    match: RegExpExecArray,
    search: URLSearchParams,
  ) => Reply | Promise<Reply>
}

export interface StrictServerOptions<Operation extends string> {
  key: string
  words: readonly string[]
  result?: Buffer | undefined
  /** Milliseconds since the epoch. */
  now?: () => number
  refused: RefusalShape
  unauthorized: { code: string; message: string }
  /** The code of a scripted fault that names none. */
  faultCode?: string
  /** Why a request breaks the documents by its headers alone; null when it does not. */
  headers?: (request: IncomingMessage) => string | null
  endpoints: (server: StrictServer<Operation>) => readonly Endpoint<Operation>[]
  newId?: () => string
}

/** A strict service on loopback, written from its documents. It shares nothing with our client. */
export interface StrictServer<Operation extends string = string> {
  url: string
  /** Origin of the service's storage, where it has one. */
  filesUrl: string
  key: string
  /** Everything that breaks the documents. */
  violations: string[]
  /** Requests received, by operation, faults included. */
  calls: Record<Operation | 'download', number>
  tasks: Map<string, StrictTask>
  /** Create bodies in order. */
  bodies: unknown[]
  /** Requests that reached the other origin, to which a redirect leads. */
  elsewhere: IncomingMessage[]
  elsewhereUrl: string
  result: Buffer
  words: string[]
  /** Makes the next requests of this operation go wrong, one fault each. */
  next: (operation: Operation | 'download', ...faults: Fault[]) => void
  /** Whether the next such request will get no whole answer in time. */
  willStall: (method: string, url: string) => boolean
  /** Adds a task that another client created. */
  addTask: (createdAt?: number, words?: readonly string[]) => StrictTask
  /** The word of a task for this query; null when there is no such task. */
  wordOf: (id: string) => string | null
  resultUrlOf: (id: string) => string
  /** Records a violation and gives the provider's refusal of it. */
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

/** The fields of a multipart form, in order; null when the body is no such form. */
export const formOf = async (
  request: IncomingMessage,
): Promise<[string, string | File][] | null> => {
  const type = request.headers['content-type'] ?? ''
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const response = new Response(Buffer.concat(chunks), { headers: { 'content-type': type } })
  return response.formData().then(
    (form) => [...form],
    () => null,
  )
}

/** Starts the server. API, storage, results and a stranger have an origin each. */
export const startStrictServer = async <Operation extends string>(
  options: StrictServerOptions<Operation>,
): Promise<StrictServer<Operation>> => {
  type Any = Operation | 'download'
  const { now = Date.now, newId = randomUUID } = options
  const faults = new Map<Any, Fault[]>()
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
    calls: {} as Record<Any, number>,
    tasks: new Map(),
    bodies: [],
    elsewhere: [],
    elsewhereUrl,
    result: options.result ?? Buffer.from('not a real clip'),
    words: [...options.words],
    next: (operation, ...more) => {
      faults.set(operation, [...(faults.get(operation) ?? []), ...more])
    },
    willStall: (method, wanted) => {
      const { pathname } = new URL(wanted)
      const endpoint = endpoints.find((one) => one.method === method && one.path.test(pathname))
      const [fault] = (endpoint && faults.get(endpoint.operation)) ?? []
      return fault !== undefined && /^(stall|slow)/.test(fault.kind)
    },
    addTask: (createdAt = now(), words = server.words) => {
      const task = { id: newId(), requestId: randomUUID(), createdAt, body: {}, words: [...words] }
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
  for (const name of [...endpoints.map(({ operation }) => operation), 'download' as const])
    server.calls[name] = 0

  interface Found {
    operation: Any
    reply: () => Reply | Promise<Reply>
  }

  const refusalOf = (request: IncomingMessage): Reply | null => {
    const { code, message } = options.unauthorized
    if (request.headers.authorization !== `Bearer ${server.key}`) {
      const refusal = options.refused(401, code, message)
      return server.violation(refusal, `wrong key: ${request.method} ${request.url}`)
    }
    const broken = options.headers?.(request)
    return broken ? server.violation(options.refused(400, 'invalid_request', broken), broken) : null
  }

  const api = (request: IncomingMessage, origin?: 'files'): Found | null => {
    const { pathname, searchParams } = new URL(request.url ?? '/', url)
    for (const { operation, method, path, open, reply, ...endpoint } of endpoints) {
      const match = path.exec(pathname)
      if (!match || method !== request.method || endpoint.origin !== origin) continue
      return {
        operation,
        reply: () => {
          const refusal = open ? null : refusalOf(request)
          if (refusal) request.resume()
          return refusal ?? reply(request, match, searchParams)
        },
      }
    }
    return null
  }

  const result = (request: IncomingMessage): Found | null => {
    if (request.method !== 'GET' || !request.url?.startsWith('/results/')) return null
    const reply = () =>
      request.headers.authorization === undefined
        ? fileReply(request, server.result)
        : server.violation(
            xmlError(403, 'SignatureDoesNotMatch', 'Signature differs.'),
            'a result was asked for with Authorization',
          )
    return { operation: 'download', reply }
  }

  const answer = async (exchange: Exchange, found: Found | null): Promise<void> => {
    const { request } = exchange
    if (!found) {
      request.resume()
      const what = `no such endpoint: ${request.method} ${request.url}`
      send(exchange, server.violation(options.refused(404, 'not_found', what), what))
      return
    }
    server.calls[found.operation] += 1
    const fault = faults.get(found.operation)?.shift()
    const kinds = ['members', 'output', 'slow-body', 'late']
    const takesEffect = !fault || fault.effect || kinds.includes(fault.kind)
    if (fault?.kind === 'late') await wait(fault.milliseconds)
    if (!takesEffect) for await (const _ of request);
    const reply = takesEffect ? await found.reply() : { status: 200, json: {} }
    if (!fault) send(exchange, reply)
    else
      await strike(exchange, fault, reply, {
        elsewhereUrl,
        file: server.result,
        refused: (status, code, message) =>
          options.refused(status, code ?? options.faultCode ?? 'internal_error', message),
      })
    fault?.onStruck?.()
  }

  const serve = async (
    request: IncomingMessage,
    response: ServerResponse,
    route: () => Found | null,
  ) => {
    request.on('error', () => undefined)
    response.on('error', () => undefined)
    response.setHeader('Date', new Date(now()).toUTCString())
    try {
      await answer({ request, response }, route())
    } catch (error) {
      if (!request.destroyed) server.violations.push(`broken request: ${String(error)}`)
      request.socket.destroy()
    }
  }

  return server
}
