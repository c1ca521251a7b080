import { once } from 'node:events'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { connect, isIPv6, type LookupFunction, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { nameOfProxy, type ProxyServer } from './proxies'

/** The proxy did not let a request through: nothing reached the service behind it. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError'
  readonly proxy: string
  constructor(
    proxy: ProxyServer,
    /** HTTP status of the proxy's refusal; null where it did not answer. */
    readonly status: number | null,
    options?: ErrorOptions,
  ) {
    super(`the proxy ${nameOfProxy(proxy)} did not connect`, options)
    this.proxy = nameOfProxy(proxy)
  }
}

/** Limits of every connection. */
export interface Connecting {
  /** Milliseconds for looking up the name, connecting, the proxy's answer and TLS. */
  timeout: number
  /** Replaces the system's look-up of names. */
  lookup?: LookupFunction
}

export interface Target {
  host: string
  port: number
}

export const isSocks = ({ kind }: ProxyServer): boolean => kind.startsWith('socks')

/** The header that tells the proxy who we are; empty without a user. */
export const proxyHeaders = ({ user }: ProxyServer): Record<string, string> => {
  if (user === null) return {}
  const basic = Buffer.from(`${user.name}:${user.password}`).toString('base64')
  return { 'proxy-authorization': `Basic ${basic}` }
}

/** Has the code of undici's own error. */
export const connectTimeout = (): Error =>
  Object.assign(new Error('connecting took too long'), { code: 'UND_ERR_CONNECT_TIMEOUT' })

const throughHttp = async (
  proxy: ProxyServer,
  { host, port }: Target,
  { lookup }: Connecting,
  signal: AbortSignal,
): Promise<Duplex> => {
  const path = `${isIPv6(host) ? `[${host}]` : host}:${port}`
  const request = (proxy.kind === 'https' ? requestHttps : requestHttp)({
    method: 'CONNECT',
    host: proxy.host,
    port: proxy.port,
    path,
    headers: { host: path, ...proxyHeaders(proxy) },
    agent: false,
    signal,
    ...(lookup ? { lookup } : {}),
  })
  request.end()
  const { promise, resolve, reject } = Promise.withResolvers<[IncomingMessage, Duplex]>()
  request.once('connect', (answer, stream) => resolve([answer, stream]))
  request.once('error', reject)
  const [answer, socket] = await promise
  const status = answer.statusCode ?? 0
  if (status >= 200 && status < 300) return socket
  socket.destroy()
  throw new ProxyError(proxy, status)
}

const throughSocks = async (
  proxy: ProxyServer,
  { host, port }: Target,
  { timeout }: Connecting,
): Promise<Duplex> => {
  const { SocksClient } = await import('socks')
  const { user } = proxy
  const { socket } = await SocksClient.createConnection({
    proxy: {
      host: proxy.host,
      port: proxy.port,
      type: proxy.kind === 'socks4' ? 4 : 5,
      ...(user ? { userId: user.name, password: user.password } : {}),
    },
    command: 'connect',
    destination: { host, port },
    timeout,
  })
  return socket
}

const toProxy = async (
  { kind, host, port }: ProxyServer,
  { lookup }: Connecting,
  signal: AbortSignal,
): Promise<Socket> => {
  const where = { host, port, ...(lookup ? { lookup } : {}) }
  const socket = kind === 'https' ? connectTls({ ...where, servername: host }) : connect(where)
  try {
    await once(socket, kind === 'https' ? 'secureConnect' : 'connect', { signal })
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** Runs within the time limit; any error becomes a `ProxyError`. */
const attempt = async <T>(
  proxy: ProxyServer,
  { timeout }: Connecting,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const signal = AbortSignal.timeout(timeout)
  try {
    return await work(signal)
  } catch (error) {
    if (error instanceof ProxyError) throw error
    throw new ProxyError(proxy, null, { cause: signal.aborted ? connectTimeout() : error })
  }
}

/** A connection to the proxy itself, which then gets whole addresses. Rejects with `ProxyError`. */
export const openProxy = (proxy: ProxyServer, connecting: Connecting): Promise<Socket> =>
  attempt(proxy, connecting, (signal) => toProxy(proxy, connecting, signal))

/** A connection to a target through a proxy, without TLS to the target. Rejects with `ProxyError`. */
export const openTunnel = (
  proxy: ProxyServer,
  target: Target,
  connecting: Connecting,
): Promise<Duplex> =>
  attempt(proxy, connecting, (signal) =>
    isSocks(proxy)
      ? throughSocks(proxy, target, connecting)
      : throughHttp(proxy, target, connecting, signal),
  )
