import { onTestFinished } from 'vitest'
import type { Clock } from '../../main/clock'
import { createHttp, type HttpLimits } from '../../main/providers/http/http'
import { type EditRequest, type Provider, ProviderError } from '../../main/providers/provider'
import { editOptions } from '../../preload/contract'
import type { Connection, Started, UnderContract } from './providers-under-contract'

/** A clock on which no wait takes time, but every wait moves it. */
export const hastyClock = (): Clock => {
  let ahead = 0
  return {
    now: () => Date.now() + ahead,
    sleep: async (milliseconds) => {
      ahead += milliseconds
    },
  }
}

/** Limits under a fault: short for who stalls or dribbles; whoever answers may be as slow as the machine. */
export const limitsUnder = ({ kind }: { kind: string }): Partial<HttpLimits> =>
  /^(stall|slow)/.test(kind) ? { headers: 1_000, body: 1_000, total: 1_500 } : {}

/** A provider, its strict server and the connection between them, which end with the test. */
export async function connected(
  under: UnderContract,
  options: {
    words?: readonly string[]
    limits?: Partial<HttpLimits>
    key?: string | null
    baseUrl?: string
    clock?: Clock
    /** The clock that the server judges by; the provider's own when not given. */
    serverClock?: Clock
  } = {},
): Promise<Started & { provider: Provider }> {
  const clock = options.clock ?? hastyClock()
  const { words } = options
  const started = await under.start({
    now: (options.serverClock ?? clock).now,
    ...(words ? { words } : {}),
  })
  const http = createHttp(options.limits)
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

/** An edit that every service takes. */
export const anEdit = (
  options: Parameters<typeof editOptions.parse>[0] = {},
  more: Partial<EditRequest> = {},
): EditRequest => ({
  prompt: 'make it snow',
  negativePrompt: '',
  clip: { url: 'https://h.example/clip.mp4', seconds: 5, width: 640, height: 360 },
  imageUrls: ['https://h.example/ref.png'],
  options: editOptions.parse(options),
  ...more,
})

export const aCall = () => ({ signal: new AbortController().signal })

/** The error that some work must end with. */
export const failing = async (work: Promise<unknown> | undefined): Promise<ProviderError> => {
  const error = await work?.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof ProviderError) return error
  throw new Error(`expected a ProviderError, got ${String(error)}`, { cause: error })
}
