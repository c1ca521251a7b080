import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Reply } from './dashscope-server-reply'

/** Opens a server on a free port of this computer; gives its origin. */
export const listen = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    })
  })

/** Ends a server and everything that is connected to it. */
export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** A result as storage gives it, whole or from a byte on (RFC 9110, 14). */
export function fileReply(request: IncomingMessage, whole: Buffer): Reply {
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
