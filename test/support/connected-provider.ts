import { onTestFinished } from 'vitest'
import type { Clock } from '../../main/clock'
import {
  createHttp,
  type Http,
  type HttpAnswer,
  type HttpLimits,
  type HttpRequest,
} from '../../main/providers/http/http'
import {
  type Provider,
  ProviderError,
  type ProviderRequest,
  type RequestFile,
} from '../../main/providers/provider'
import { editOptions, type Mode } from '../../preload/contract'
import type { Connection, ContractServer, Started, UnderContract } from './providers-under-contract'

/** A clock whose waits end at once and move its time. */
export const hastyClock = (): Clock => {
  let ahead = 0
  return {
    now: () => Date.now() + ahead,
    sleep: async (milliseconds) => {
      ahead += milliseconds
    },
  }
}

/** HTTP that records its requests and answers each; `nth` counts from 0. Nothing can be uploaded with it. */
export const recordingHttp = (answer: (nth: number) => Partial<HttpAnswer> = () => ({})) => {
  const asked: HttpRequest[] = []
  const http: Http = {
    send: async (request) => {
      const usual = { status: 200, body: {}, isPage: false, retryAfter: null, date: null }
      return { ...usual, ...answer(asked.push(request) - 1) }
    },
    upload: () => Promise.reject(new Error('nothing is uploaded here')),
    close: async () => {},
  }
  return { http, asked }
}

/** HTTP with short limits for requests that the server will stall; any other request may take its time. */
const impatientHttp = (limits: Partial<HttpLimits> | undefined, server: ContractServer): Http => {
  const [patient, impatient] = [createHttp(), createHttp(limits)]
  return {
    send: (request, call) =>
      (server.willStall(request.method, request.url) ? impatient : patient).send(request, call),
    upload: patient.upload,
    close: async () => {
      await Promise.all([patient.close(), impatient.close()])
    },
  }
}

/** Limits under a fault, in ms: short only for one that stalls. */
export const limitsUnder = ({ kind }: { kind: string }): Partial<HttpLimits> =>
  /^(stall|slow)/.test(kind) ? { headers: 1_000, body: 1_000, total: 1_500 } : {}

/** A provider that is connected to its strict server. Both end with the test. */
export const connected = async (
  under: UnderContract,
  options: {
    words?: readonly string[]
    limits?: Partial<HttpLimits>
    key?: string | null
    baseUrl?: string
    clock?: Clock
    /** The server's clock. Default: the provider's. */
    serverClock?: Clock
  } = {},
): Promise<Started & { provider: Provider }> => {
  const clock = options.clock ?? hastyClock()
  const { words } = options
  const started = await under.start({
    now: (options.serverClock ?? clock).now,
    ...(words ? { words } : {}),
  })
  const http = impatientHttp(options.limits, started.server)
  onTestFinished(async () => {
    await http.close()
    await started.server.stop()
  })
  let names = 0
  const connection: Connection = {
    http,
    clock,
    key: () => (options.key === undefined ? started.server.key : options.key),
    unique: () => `unique-${++names}`,
    ...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }),
  }
  return { ...started, provider: started.connect(connection) }
}

export const aClip = (url = 'https://h.example/clip.mp4'): RequestFile => ({
  role: 'clip',
  url,
  size: { width: 640, height: 360 },
})

export const anImage = (url = 'https://h.example/ref.png'): RequestFile => ({
  role: 'reference-image',
  url,
})

/** An edit that every service accepts. */
export const anEdit = (
  options: Parameters<typeof editOptions.parse>[0] = {},
  more: Partial<ProviderRequest> = {},
): ProviderRequest => ({
  mode: 'edit',
  media: [aClip(), anImage()],
  prompt: 'make it snow',
  negativePrompt: '',
  options: editOptions.parse(options),
  ...more,
})

/** A request in a mode that every service accepts; of an edit the same as `anEdit`. */
export const aRequest = (
  mode: Mode,
  options: Parameters<typeof editOptions.parse>[0] = {},
): ProviderRequest => anEdit(options, mode === 'edit' ? {} : { mode, media: mediaFor[mode] })

const mediaFor: Record<Exclude<Mode, 'edit'>, RequestFile[]> = {
  text: [],
  image: [{ role: 'first-frame', url: 'https://h.example/first.png' }],
  references: [anImage(), { role: 'reference-video', url: 'https://h.example/dance.mp4' }],
}

export const aCall = () => ({ signal: new AbortController().signal })

/** The error of work that must fail. */
export const failing = async (work: Promise<unknown> | undefined): Promise<ProviderError> => {
  const error = await work?.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof ProviderError) return error
  throw new Error(`expected a ProviderError, got ${String(error)}`, { cause: error })
}
