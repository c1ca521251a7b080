import type { ProviderId } from '../../preload/contract'
import { startAiVideoApiServer } from './aivideoapi-server'
import { startApiyiServer } from './apiyi-server'
import { startDashScopeServer } from './dashscope-server'
import { startEvoLinkServer } from './evolink-server'
import type { S3Server } from './s3-server'

/** A strict server with the environment variables that make the app use it. */
export interface StrictService {
  violations: string[]
  calls: { create?: number }
  bodies: unknown[]
  stop: () => Promise<void>
  env: Record<string, string>
}

/** Variables that make a test's S3 server the app's bucket. */
export const bucketEnv = ({ access, url, bucket }: S3Server): Record<string, string> => ({
  RESHOOT_S3_ENDPOINT: url,
  RESHOOT_S3_BUCKET: bucket,
  RESHOOT_S3_ACCESS_KEY: access.accessKeyId,
  RESHOOT_S3_SECRET_KEY: access.secretAccessKey,
})

const withEnv = <T extends object>(server: T, env: Record<string, string>): T & StrictService =>
  Object.assign(server, { env }) as T & StrictService

const dashScope = async (result: Buffer) => {
  const server = await startDashScopeServer({ result, words: ['SUCCEEDED'] })
  return withEnv(server, { RESHOOT_DASHSCOPE_URL: server.url, DASHSCOPE_API_KEY: server.key })
}

/** EvoLink, also with a Files API that refuses clips. */
export const evoLink = async (result: Buffer, storesVideo = true) => {
  const server = await startEvoLinkServer({ result, words: ['completed'], storesVideo })
  return withEnv(server, {
    RESHOOT_EVOLINK_URL: server.url,
    RESHOOT_EVOLINK_FILES_URL: server.filesUrl,
    EVOLINK_API_KEY: server.key,
  })
}

const apiyi = async (result: Buffer) => {
  const server = await startApiyiServer({ result, words: ['completed'] })
  return withEnv(server, { RESHOOT_APIYI_URL: server.url, APIYI_API_KEY: server.key })
}

const aiVideoApi = async (result: Buffer) => {
  const server = await startAiVideoApiServer({ result, words: ['completed'] })
  return withEnv(server, { RESHOOT_AIVIDEOAPI_URL: server.url, AIVIDEOAPI_API_KEY: server.key })
}

/** Every provider with a strict server, and whether its files go to the bucket. */
export const strictServices: [
  ProviderId,
  (result: Buffer) => Promise<StrictService>,
  'own' | 'bucket',
][] = [
  ['dashscope', dashScope, 'own'],
  ['dashscope-cn', dashScope, 'own'],
  ['evolink', evoLink, 'own'],
  ['apiyi', apiyi, 'bucket'],
  ['aivideoapi', aiVideoApi, 'bucket'],
]
