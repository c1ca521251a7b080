import { type ClientRequest, Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { isIP, isIPv6, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls, TLSSocket } from 'node:tls'
import { Agent, type AgentConnectOpts } from 'agent-base'
import type { Network } from './network'
import { connectTimeout, openTunnel } from './tunnel'

/** Ends a request that has no connection in time: neither Node nor `request.setTimeout` limits the look-up of a name. */
const limitConnecting = (request: ClientRequest, milliseconds: number): void => {
  const late = setTimeout(() => {
    request.destroy(connectTimeout())
  }, milliseconds)
  const inTime = () => clearTimeout(late)
  request.once('close', inTime)
  request.once('socket', (socket: Socket) => {
    if (request.reusedSocket) inTime()
    else if (socket instanceof TLSSocket) socket.once('secureConnect', inTime)
    else if (socket.connecting) socket.once('connect', inTime)
    else inTime()
  })
}

/**
 * For requests of node:http and node:https: chooses the proxy of each request, and limits how long connecting takes.
 * Also http: passes a proxy in a tunnel, because an agent is asked too late to change the address in the request.
 */
class ChoosingAgent extends Agent {
  readonly #network: Network
  readonly #direct: { http: HttpAgent; https: HttpsAgent }

  constructor(network: Network, keepAlive: boolean) {
    super({ keepAlive })
    const { lookup } = network.connecting
    const options = { keepAlive, ...(lookup ? { lookup } : {}) }
    this.#network = network
    this.#direct = { http: new HttpAgent(options), https: new HttpsAgent(options) }
  }

  override async connect(request: ClientRequest, options: AgentConnectOpts) {
    const { proxyOf, connecting } = this.#network
    limitConnecting(request, connecting.timeout)
    const { secureEndpoint: secure, host = '', port = secure ? 443 : 80 } = options
    const scheme = secure ? 'https' : 'http'
    const proxy = await proxyOf(new URL(`${scheme}://${isIPv6(host) ? `[${host}]` : host}:${port}`))
    if (proxy === null) return this.#direct[scheme]
    const socket = await openTunnel(proxy, { host, port: Number(port) }, connecting)
    return secure ? overTls(socket, host, options) : socket
  }

  override destroy(): void {
    this.#direct.http.destroy()
    this.#direct.https.destroy()
    super.destroy()
  }
}

const overTls = (socket: Duplex, host: string, options: AgentConnectOpts): TLSSocket => {
  const { path, ...rest } = { path: undefined, ...options }
  return connectTls({ ...rest, ...(isIP(host) ? {} : { servername: host }), socket })
}

/** An agent for node:http and node:https. `keepAlive` reuses connections. */
export const createAgent = (network: Network, { keepAlive }: { keepAlive: boolean }): HttpAgent =>
  new ChoosingAgent(network, keepAlive)
