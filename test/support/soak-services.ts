import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { startAiVideoApiServer } from './aivideoapi-server'
import { startApiyiServer } from './apiyi-server'
import { startDashScopeServer } from './dashscope-server'
import { startEvoLinkServer } from './evolink-server'
import { makeClip } from './make-media'
import type { ContractFault } from './providers-under-contract'
import type { Random } from './random'
import { startS3Server } from './s3-server'
import type { RequestStep } from './soak-steps'
import { bucketEnv } from './strict-services'

export const soakProviders = ['dashscope', 'evolink', 'apiyi', 'aivideoapi'] as const
export type SoakProvider = (typeof soakProviders)[number]

/** The server of a service, as far as all of them are alike. */
interface Server {
  tasks: Map<string, { body: Record<string, unknown> }>
  violations: string[]
  next: (operation: Operation, ...faults: ContractFault[]) => void
}
type Operation = 'create' | 'query' | 'download'

/** Faults that a service recovers from. */
const faults: readonly [[Operation, ContractFault], ...[Operation, ContractFault][]] = [
  ['create', { kind: 'stall', effect: true }],
  ['create', { kind: 'reset', effect: true }],
  ['create', { kind: 'status', status: 429, code: 'rate_limit_exceeded' }],
  ['query', { kind: 'status', status: 503 }],
  ['query', { kind: 'reset' }],
  ['query', { kind: 'status', status: 401, code: 'unauthorized' }],
  ['download', { kind: 'truncate', length: true }],
  ['download', { kind: 'truncate', length: false }],
  ['download', { kind: 'damaged' }],
  ['download', { kind: 'expired' }],
  ['download', { kind: 'stall' }],
]

/** Four services on this computer and a bucket, which end with the test. */
export const startSoakServices = async (random: Random) => {
  const result = readFileSync(await makeClip({ seconds: 3 }))
  const s3 = await startS3Server()
  const dashscope = await startDashScopeServer({ result, words: ['RUNNING', 'SUCCEEDED'] })
  const evolink = await startEvoLinkServer({ result, words: ['processing', 'completed'] })
  const apiyi = await startApiyiServer({ result, words: ['in_progress', 'completed'] })
  const aivideoapi = await startAiVideoApiServer({ result, words: ['completed'] })
  const servers = { dashscope, evolink, apiyi, aivideoapi }
  for (const server of Object.values(servers)) onTestFinished(() => server.stop())
  const serverOf = (provider: SoakProvider): Server => servers[provider]

  const serverWithFiles = () => (random.chance(0.5) ? dashscope : evolink)

  const addresses = {
    RESHOOT_DASHSCOPE_URL: dashscope.url,
    RESHOOT_EVOLINK_URL: evolink.url,
    RESHOOT_EVOLINK_FILES_URL: evolink.filesUrl,
    RESHOOT_APIYI_URL: apiyi.url,
    RESHOOT_AIVIDEOAPI_URL: aivideoapi.url,
    ...bucketEnv(s3),
  }
  const keys = {
    DASHSCOPE_API_KEY: dashscope.key,
    EVOLINK_API_KEY: evolink.key,
    APIYI_API_KEY: apiyi.key,
    AIVIDEOAPI_API_KEY: aivideoapi.key,
  }
  const wrongKeys = Object.fromEntries(
    Object.keys(keys).map((name) => [name, 'sk-wrong-key-000000']),
  )

  const holdUploadToBucket = async (): Promise<void> => {
    const before = s3.requests.length
    s3.next('PutObject', 'stall')
    while (!s3.requests.includes('PutObject', before)) await wait(20)
  }

  return {
    /** The bytes of every result. */
    result,
    /** Variables that make the app use these services. */
    env: { ...addresses, ...keys },
    /** Keys of all objects that were left in the bucket. */
    inBucket: s3.keys,
    /** What the services were asked against their documents, apart from the wrong keys that the soak gives. */
    violations: (): string[] =>
      Object.values(servers).flatMap((server) =>
        server.violations.filter((what) => !what.startsWith('wrong key')),
      ),
    /** The tasks that a service made for a prompt. */
    tasksOf: (provider: SoakProvider, prompt: string): string[] =>
      [...serverOf(provider).tasks].flatMap(([id, { body }]) =>
        JSON.stringify(body).includes(`"${prompt}"`) ? [id] : [],
      ),
    /** Lets something go wrong with this probability; gives variables for the next process. */
    mishap: (probability: number): Record<string, string> => {
      const server = serverOf(random.pick(soakProviders))
      const [operation, fault] = random.pick(faults)
      if (random.chance(probability)) server.next(operation, fault)
      if (random.chance(probability))
        serverWithFiles().next('upload', { kind: 'late', milliseconds: 2_000 })
      return random.chance(probability / 6) ? wrongKeys : {}
    },
    /** Makes the next request of a step meet its fault; resolves when it has. */
    hold: async (provider: SoakProvider, { operation, fault }: RequestStep): Promise<void> => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const held = { ...fault, onStruck: resolve }
      if (operation !== 'upload') serverOf(provider).next(operation, held)
      else if (provider === 'dashscope' || provider === 'evolink')
        servers[provider].next(operation, held)
      else return await holdUploadToBucket()
      await promise
    },
  }
}

export type SoakServices = Awaited<ReturnType<typeof startSoakServices>>
