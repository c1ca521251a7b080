import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** An answer before it is sent. */
export interface Reply {
  status: number
  json?: Record<string, unknown>
  raw?: { body: Buffer; headers: Record<string, string | number> }
}

/**
 * One fault of one request.
 *
 * `effect` says whether the request still takes effect (a create makes its task, a file is stored). Default false.
 */
export type Fault = {
  effect?: boolean
  /** Called when the request has met the fault. */
  onStruck?: () => void
} & (
  | {
      kind: 'status'
      status: number
      code?: string
      message?: string
      headers?: Record<string, string>
    }
  /** Resets the connection without an answer. */
  | { kind: 'reset' }
  /** Never answers. */
  | { kind: 'stall' }
  /** Sends the headers and half of the body, then nothing more. */
  | { kind: 'stall-body' }
  /** Sends the real answer one byte at a time. */
  | { kind: 'slow-body'; milliseconds: number }
  /** Answers with this text, whatever was asked. */
  | { kind: 'body'; text: string; status?: number; contentType?: string }
  | { kind: 'redirect'; to?: string; status?: number }
  /** Replaces members of the real answer; undefined removes one. */
  | { kind: 'members'; members: Record<string, unknown> }
  /** Replaces members of the real answer's `output`; undefined removes one. */
  | { kind: 'output'; output: Record<string, unknown>; usage?: unknown }
  /** The link of the result has expired: 403 with XML. */
  | { kind: 'expired' }
  /** The whole result with wrong bytes in it. */
  | { kind: 'damaged' }
  /** Reads the request this late, then answers as usual. */
  | { kind: 'late'; milliseconds: number }
  /** Sends half of the result; with a Content-Length that promises all of it, or without one. */
  | { kind: 'truncate'; length: boolean }
)

export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
}

/** An error as storage services send it. */
export const xmlError = (status: number, code: string, message: string): Reply => {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n  <Code>${code}</Code>\n  <Message>${message}</Message>\n  <RequestId>5F00000000000001</RequestId>\n  <HostId>oss.test</HostId>\n</Error>\n`
  return {
    status,
    raw: { body: Buffer.from(xml), headers: { 'content-type': 'application/xml' } },
  }
}

const drip = async ({ response }: Exchange, body: Buffer, milliseconds: number): Promise<void> => {
  for (const byte of body) {
    if (response.destroyed) return
    response.write(Buffer.of(byte))
    await wait(milliseconds)
  }
  response.end()
}

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

const bytesOf = ({ json, raw }: Reply): Buffer =>
  raw?.body ?? Buffer.from(JSON.stringify(json ?? {}))

export const send = ({ response }: Exchange, reply: Reply): void => {
  const body = bytesOf(reply)
  response.writeHead(reply.status, {
    'content-type': 'application/json',
    'content-length': body.length,
    ...reply.raw?.headers,
  })
  response.end(body)
}

/** Sends an answer with a fault. */
export const strike = async (
  exchange: Exchange,
  fault: Fault,
  reply: Reply,
  {
    elsewhereUrl,
    file,
    refused,
  }: {
    elsewhereUrl: string
    file: Buffer
    refused: (status: number, code: string | undefined, message: string) => Reply
  },
): Promise<void> => {
  const { request, response } = exchange
  switch (fault.kind) {
    case 'status':
      for (const [name, value] of Object.entries(fault.headers ?? {}))
        response.setHeader(name, value)
      return send(exchange, refused(fault.status, fault.code, fault.message ?? 'scripted fault'))
    case 'reset':
      request.socket.resetAndDestroy()
      return
    case 'stall':
      return
    case 'stall-body': {
      const body = bytesOf(reply)
      const headers = { 'content-type': 'application/json', 'content-length': body.length }
      response.writeHead(200, headers)
      response.write(body.subarray(0, Math.max(1, Math.floor(body.length / 2))))
      return
    }
    case 'slow-body':
      response.writeHead(reply.status, { 'content-type': 'application/json' })
      return drip(exchange, bytesOf(reply), fault.milliseconds)
    case 'body':
      response.writeHead(fault.status ?? 200, {
        'content-type': fault.contentType ?? 'application/json',
      })
      response.end(fault.text)
      return
    case 'redirect': {
      const location = fault.to ?? `${elsewhereUrl}${request.url}`
      response.writeHead(fault.status ?? 302, { location }).end()
      return
    }
    case 'members':
      return send(exchange, { ...reply, json: { ...reply.json, ...fault.members } })
    case 'output': {
      const output = { ...(reply.json?.['output'] as object), ...fault.output }
      const usage = 'usage' in fault ? { usage: fault.usage } : {}
      return send(exchange, { ...reply, json: { ...reply.json, ...usage, output } })
    }
    case 'expired':
      return send(exchange, xmlError(403, 'AccessDenied', 'Request has expired.'))
    case 'damaged':
      return send(
        exchange,
        fileReply(request, Buffer.from(file).fill(0xa5, file.length / 2, file.length * 0.75)),
      )
    case 'late':
      return send(exchange, reply)
    case 'truncate':
      truncate(exchange, file, fault.length)
  }
}

/** Opens a server on a free port of this computer; gives its origin. */
export const listen = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    })
  })

/** Stops a server and closes its connections. */
export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** A result as storage gives it: whole, or from a byte on (RFC 9110, 14). */
export const fileReply = (request: IncomingMessage, whole: Buffer): Reply => {
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
