import { readFileSync } from 'node:fs'
import { createServer, request as requestHttp } from 'node:http'
import { connect, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import path from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { onTestFinished } from 'vitest'

const folder = path.resolve(import.meta.dirname, '../fixtures/tls')
/** Certificate of `*.reshoot.test`, its own authority. It protects nothing. */
export const certificate = path.join(folder, 'certificate.pem')

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })

/** Ends a server with the test, with all its connections. */
const endWithTest = (server: Server): void => {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
  })
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
}

const join = (one: Socket, other: Socket): void => {
  one.on('error', () => other.destroy())
  other.on('error', () => one.destroy())
  one.pipe(other).pipe(one)
}

/**
 * The address of a local server under a name that only the proxies of this file know: a request to it has passed a
 * proxy. `https` puts TLS in front of the server.
 */
export const beyondProxy = async (
  address: string,
  name: string,
  scheme: 'http' | 'https',
): Promise<string> => {
  const port = Number(new URL(address).port)
  if (scheme === 'http') return `http://${name}.reshoot.test:${port}`
  const key = readFileSync(path.join(folder, 'key.pem'))
  const front = createTlsServer({ key, cert: readFileSync(certificate) }, (socket) =>
    join(socket, connect(port, '127.0.0.1')),
  )
  endWithTest(front)
  return `https://${name}.reshoot.test:${await listen(front)}`
}

export interface ForwardProxy {
  /** With the user, where it asks for one. */
  url: string
  port: number
  /** What passed: "CONNECT host", or "POST http://host/path". */
  passed: string[]
  /** What was turned away for want of the user. */
  refused: string[]
}

/** A real forward proxy (CONNECT and absolute form). It reaches `*.reshoot.test` on this computer, under the same port. */
export const startForwardProxy = async (
  options: {
    user?: { name: string; password: string }
    /** Answers every request with this status. */
    status?: number
    /** Never answers. */
    silent?: boolean
  } = {},
): Promise<ForwardProxy> => {
  const { user } = options
  const wanted = user && `Basic ${btoa(`${user.name}:${user.password}`)}`
  const refusal = (said: string | undefined): number | null => {
    if (options.status) return options.status
    return wanted && said !== wanted ? 407 : null
  }
  const proxy: ForwardProxy = { url: '', port: 0, passed: [], refused: [] }

  const server = createServer((request, response) => {
    const line = `${request.method} ${request.url?.split('?')[0]}`
    const { 'proxy-authorization': said, 'proxy-connection': _, ...headers } = request.headers
    const status = refusal(said)
    if (status !== null) {
      proxy.refused.push(line)
      request.resume()
      response.writeHead(status, { 'content-type': 'text/html' }).end('<html>The proxy</html>')
      return
    }
    proxy.passed.push(line)
    const target = new URL(request.url ?? '')
    const onwards = requestHttp(
      {
        host: '127.0.0.1',
        port: target.port,
        method: request.method,
        path: target.pathname + target.search,
        headers,
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    onwards.on('error', () => response.destroy())
    response.on('close', () => onwards.destroy())
    request.pipe(onwards)
  })
  server.on('connect', (request, socket: Socket, head: Buffer) => {
    const host = request.url ?? ''
    if (options.silent) return
    const status = refusal(request.headers['proxy-authorization'])
    if (status !== null) {
      proxy.refused.push(`CONNECT ${host}`)
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    proxy.passed.push(`CONNECT ${host}`)
    const target = connect(Number(host.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      target.write(head)
      join(socket, target)
    })
    target.on('error', () => socket.destroy())
  })
  endWithTest(server)
  proxy.port = await listen(server)
  const login = user ? `${user.name}:${encodeURIComponent(user.password)}@` : ''
  proxy.url = `http://${login}127.0.0.1:${proxy.port}`
  return proxy
}

/** A SOCKS5 proxy without a user, for the same names (RFC 1928). */
export const startSocksProxy = async (): Promise<{ url: string; passed: string[] }> => {
  const passed: string[] = []
  const server = createTcpServer((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.of(5, 0))
      socket.once('data', (wish) => {
        // Version, command, reserved, 3 for a name, its length, the name, the port.
        const length = wish[4] ?? 0
        const port = wish.readUInt16BE(5 + length)
        passed.push(`${wish.toString('utf8', 5, 5 + length)}:${port}`)
        const target = connect(port, '127.0.0.1', () => {
          socket.write(Buffer.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0))
          join(socket, target)
        })
      })
    })
  })
  endWithTest(server)
  return { url: `socks5h://127.0.0.1:${await listen(server)}`, passed }
}
