import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { type Reply, refused } from './dashscope-server-reply'
import { expiredLink } from './dashscope-server-storage'

/** The operations of the strict server; `download` is a GET of a result. */
export type Operation = 'policy' | 'upload' | 'create' | 'query' | 'list' | 'cancel' | 'download'

/**
 * A fault of one request.
 *
 * `effect`: whether the request takes effect before the fault (a create makes its task, a file
 * is stored). Default false.
 */
export type Fault = { effect?: boolean } & (
  | {
      kind: 'status'
      status: number
      code?: string
      message?: string
      headers?: Record<string, string>
    }
  /** Cuts the connection without an answer. */
  | { kind: 'reset' }
  /** Never answers. */
  | { kind: 'stall' }
  /** Sends headers and half of a body, then nothing. */
  | { kind: 'stall-body' }
  /** Sends the real answer one byte at a time. */
  | { kind: 'slow-body'; milliseconds: number }
  /** Answers with exactly this text: malformed, empty or unexpected. */
  | { kind: 'body'; text: string; status?: number; contentType?: string }
  | { kind: 'redirect'; to?: string; status?: number }
  /** Replaces members of `output` in the real answer to a query; undefined removes one. */
  | { kind: 'output'; output: Record<string, unknown>; usage?: unknown }
  /** The result's link has expired: 403 XML. */
  | { kind: 'expired' }
  /** Sends half of the result, then ends; with or without the Content-Length of all of it. */
  | { kind: 'truncate'; length: boolean }
)

export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
}

/** Cuts the connection so that the client sees a reset, not an end. */
const reset = ({ request }: Exchange): void => {
  request.socket.resetAndDestroy()
}

/** Sends one byte at a time until the client stops or everything is sent. */
const drip = async (exchange: Exchange, body: Buffer, milliseconds: number): Promise<void> => {
  for (const byte of body) {
    if (exchange.response.destroyed) return
    exchange.response.write(Buffer.of(byte))
    await wait(milliseconds)
  }
  exchange.response.end()
}

/** Sends half a body with the Content-Length of all of it; the connection stays open. */
const stallBody = ({ response }: Exchange, body: Buffer): void => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  response.write(body.subarray(0, Math.max(1, Math.floor(body.length / 2))))
}

/** Sends half a file, then cuts the connection where a length was sent, and ends it normally where none was. */
const truncate = ({ request, response }: Exchange, body: Buffer, withLength: boolean): void => {
  const half = body.subarray(0, Math.floor(body.length / 2))
  if (withLength) {
    response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': body.length })
    response.write(half, () => request.socket.destroy())
    return
  }
  request.socket.write('HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nConnection: close\r\n\r\n')
  request.socket.end(half)
}

/** Sends an answer unchanged. */
export const send = ({ response }: Exchange, reply: Reply): void => {
  const body = reply.raw?.body ?? Buffer.from(JSON.stringify(reply.json ?? {}))
  response.writeHead(reply.status, {
    'content-type': 'application/json',
    'content-length': body.length,
    ...reply.raw?.headers,
  })
  response.end(body)
}

/** Applies a fault to an answer. */
export const strike = async (
  exchange: Exchange,
  fault: Fault,
  reply: Reply,
  at: { elsewhereUrl: string; file: Buffer },
): Promise<void> => {
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
      const to = fault.to ?? `${at.elsewhereUrl}${exchange.request.url}`
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
      truncate(exchange, at.file, fault.length)
  }
}
