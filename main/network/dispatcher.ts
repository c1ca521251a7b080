import type { Socket } from 'node:net'
import { Agent, buildConnector, type Dispatcher } from 'undici'
import type { Network } from './network'
import type { ProxyServer } from './proxies'
import { type Connecting, isSocks, openProxy, openTunnel, ProxyError, proxyHeaders } from './tunnel'

/** Milliseconds and bytes that each exchange may take. */
export type Bounds = Omit<Agent.Options, 'connect' | 'factory'>

const portOf = (protocol: string, port: string): number =>
  Number(port) || (protocol === 'https:' ? 443 : 80)

/** Whether the proxy gets the request itself, with its whole address: http: without a tunnel, which many refuse for it. */
const isForwarded = (proxy: ProxyServer, protocol: string): boolean =>
  protocol === 'http:' && !isSocks(proxy)

/** Connects to every target through one proxy. */
const connectorOf = (proxy: ProxyServer, connecting: Connecting): buildConnector.connector => {
  const withTls = buildConnector(connecting)
  const open = ({ hostname, protocol, port }: buildConnector.Options) => {
    if (isForwarded(proxy, protocol)) return openProxy(proxy, connecting)
    const target = { host: hostname.replace(/^\[|\]$/g, ''), port: portOf(protocol, port) }
    return openTunnel(proxy, target, connecting)
  }
  return (options, callback) => {
    open(options).then(
      (stream) => {
        // Every way to make a tunnel gives a socket, though Node's types promise less.
        const socket = stream as Socket
        if (options.protocol === 'https:') withTls({ ...options, httpSocket: socket }, callback)
        else callback(null, socket)
      },
      (error: Error) => callback(error, null),
    )
  }
}

type Handler = Dispatcher.DispatchHandler

/** Calls `look` with the status of an answer before anybody else sees it; what it throws ends the request. */
const watchingStatus = (handler: Handler, look: (status: number) => void): Handler => ({
  onRequestStart: (...event) => handler.onRequestStart?.(...event),
  onRequestUpgrade: (...event) => handler.onRequestUpgrade?.(...event),
  onResponseStart: (controller, status, ...event) => {
    look(status)
    handler.onResponseStart?.(controller, status, ...event)
  },
  onResponseData: (...event) => handler.onResponseData?.(...event),
  onResponseEnd: (...event) => handler.onResponseEnd?.(...event),
  onResponseError: (...event) => handler.onResponseError?.(...event),
})

/** The controller of a request that ended before a connection was chosen. */
const endedBy = (reason: Error): Dispatcher.DispatchController => ({
  aborted: true,
  paused: false,
  reason,
  abort: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
})

/** Sends each request directly, with these limits, or through the proxy of its address. */
export const createDispatcher = (
  { proxyOf, connecting }: Network,
  bounds: Bounds = {},
  directly: Connecting = connecting,
): { dispatcher: Dispatcher; destroy: () => Promise<void> } => {
  const direct = new Agent({ ...bounds, connect: directly })
  const proxied = new Map<string, Agent>()

  const agentOf = (proxy: ProxyServer): Agent => {
    const key = JSON.stringify(proxy)
    const known = proxied.get(key)
    if (known) return known
    const agent = new Agent({ ...bounds, connect: connectorOf(proxy, connecting) })
    proxied.set(key, agent)
    return agent
  }

  const forward = (
    proxy: ProxyServer,
    options: Dispatcher.DispatchOptions,
    handler: Handler,
  ): void => {
    const headers = { ...(options.headers as Record<string, string>), ...proxyHeaders(proxy) }
    const path = `${options.origin}${options.path}`
    const look = (status: number) => {
      if (status === 407) throw new ProxyError(proxy, status)
    }
    agentOf(proxy).dispatch({ ...options, path, headers }, watchingStatus(handler, look))
  }

  const route = async (options: Dispatcher.DispatchOptions, handler: Handler): Promise<void> => {
    const url = new URL(String(options.origin))
    const proxy = await proxyOf(url)
    if (proxy === null) direct.dispatch(options, handler)
    else if (isForwarded(proxy, url.protocol)) forward(proxy, options, handler)
    else agentOf(proxy).dispatch(options, handler)
  }

  const dispatcher = direct.compose(() => (options, handler) => {
    route(options, handler).catch((error: Error) => {
      handler.onResponseError?.(endedBy(error), error)
    })
    return true
  })
  return {
    dispatcher,
    destroy: async () => {
      await Promise.all([direct, ...proxied.values()].map((agent) => agent.destroy()))
    },
  }
}
