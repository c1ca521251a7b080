import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/** What can be asked of the strict server; `download` is a GET of a result. */
export type Operation = 'policy' | 'upload' | 'create' | 'query' | 'list' | 'cancel' | 'download'

/**
 * One thing that goes wrong with one request.
 *
 * `effect` says whether the request takes effect before the fault strikes (a create makes its task, a file
 * is stored); it does not unless said.
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
  /** Sends headers and half of a body, then nothing more. */
  | { kind: 'stall-body' }
  /** Sends the real answer one byte at a time. */
  | { kind: 'slow-body'; milliseconds: number }
  /** Answers with this text as it is: malformed, empty, not what was asked. */
  | { kind: 'body'; text: string; status?: number; contentType?: string }
  | { kind: 'redirect'; to?: string; status?: number }
  /** Replaces members of `output` (query) in the real answer; undefined takes one away. */
  | { kind: 'output'; output: Record<string, unknown>; usage?: unknown }
  /** The result's link has expired: 403 XML. */
  | { kind: 'expired' }
  /** Half of the result, then the end; with or without a Content-Length that promised all of it. */
  | { kind: 'truncate'; length: boolean }
)

export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
}

/** Cuts the connection so that the client sees a reset, not an end. */
export function reset({ request }: Exchange): void {
  request.socket.resetAndDestroy()
}

/** One byte at a time until the client has enough or everything is sent. */
export async function drip(exchange: Exchange, body: Buffer, milliseconds: number): Promise<void> {
  for (const byte of body) {
    if (exchange.response.destroyed) return
    exchange.response.write(Buffer.of(byte))
    await wait(milliseconds)
  }
  exchange.response.end()
}

/** Half a body whose Content-Length promises all of it; the connection stays open. */
export function stallBody({ response }: Exchange, body: Buffer): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  response.write(body.subarray(0, Math.max(1, Math.floor(body.length / 2))))
}

/** Half a file, then the end: cut where a length was promised, silent where none was. */
export function truncate({ request, response }: Exchange, body: Buffer, withLength: boolean): void {
  const half = body.subarray(0, Math.floor(body.length / 2))
  if (withLength) {
    response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': body.length })
    response.write(half, () => request.socket.destroy())
    return
  }
  request.socket.write('HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nConnection: close\r\n\r\n')
  request.socket.end(half)
}
