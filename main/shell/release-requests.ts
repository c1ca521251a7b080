import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import {
  configureRequestOptions,
  configureRequestUrl,
  type DownloadOptions,
  HttpExecutor,
} from 'builder-util-runtime'
import { createAgent } from '../network/agent'
import type { Network } from '../network/network'

/** Bytes that any answer of a release folder may have: three times the largest package. */
const largest = 600e6

const loopback = ['localhost', '127.0.0.1', '::1', '[::1]']

/** Whether a folder of releases may be asked: by https, or on this computer. Also holds for where it redirects to. */
export const isReleaseAddress = (protocol: string, host: string): boolean =>
  protocol === 'https:' || (protocol === 'http:' && loopback.includes(host))

/** How electron-updater reaches a folder of releases: through the same proxies as everything else. */
export class ReleaseRequests extends HttpExecutor<ClientRequest> {
  readonly #network: Network

  constructor(network: Network) {
    super()
    this.#network = network
  }

  /** Writes a file; rejects unless its digest is that of the options. */
  download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    const request: RequestOptions = { ...(options.headers ? { headers: options.headers } : {}) }
    configureRequestUrl(url, request)
    configureRequestOptions(request)
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const callback = (error: Error | null): void => (error ? reject(error) : resolve(destination))
      this.doDownload(
        request,
        { destination, options, onCancel, callback, responseHandler: null },
        0,
      )
    })
  }

  createRequest(options: RequestOptions, callback: (response: IncomingMessage) => void) {
    const { protocol, hostname } = options
    if (!isReleaseAddress(protocol ?? 'https:', hostname ?? ''))
      return refused(`${protocol}//${hostname} is neither https nor on this computer`)
    // electron-updater would tell this installation apart from others.
    const { 'x-user-staging-id': _, ...headers } = { ...options.headers } as OutgoingHttpHeaders
    const send = protocol === 'http:' ? httpRequest : httpsRequest
    const agent = createAgent(this.#network, { keepAlive: false })
    return send({ ...options, headers, agent }, (response) => {
      let bytes = 0
      callback(response)
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > largest) response.destroy(new Error('the answer is too large'))
      })
    })
  }
}

/** A request that fails before it connects: a redirect is followed in an event, where nobody catches what is thrown. */
const refused = (why: string): ClientRequest =>
  httpsRequest('https://localhost').destroy(new Error(why))
