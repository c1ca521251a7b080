import { readFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { isBuiltIn } from '../../main/providers/provider-rows'
import type { ProviderId } from '../../preload/contract'
import { startAiVideoApiServer } from '../support/aivideoapi-server'
import { startApiyiServer } from '../support/apiyi-server'
import { startCli } from '../support/cli-process'
import { startDashScopeServer } from '../support/dashscope-server'
import { startEvoLinkServer } from '../support/evolink-server'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { type S3Server, startS3Server } from '../support/s3-server'
import { temporaryFolder } from '../support/temporary-folder'

interface Started {
  violations: string[]
  result: Buffer
  calls: { create?: number }
  bodies: unknown[]
  stop: () => Promise<void>
  env: Record<string, string>
}

const bucketEnv = ({ access, url, bucket }: S3Server) => ({
  RESHOOT_S3_ENDPOINT: url,
  RESHOOT_S3_BUCKET: bucket,
  RESHOOT_S3_ACCESS_KEY: access.accessKeyId,
  RESHOOT_S3_SECRET_KEY: access.secretAccessKey,
})

const withEnv = <T extends object>(server: T, env: Record<string, string>): T & Started =>
  Object.assign(server, { env }) as T & Started

const dashScope = async (result: Buffer) => {
  const server = await startDashScopeServer({ result, words: ['SUCCEEDED'] })
  return withEnv(server, { RESHOOT_DASHSCOPE_URL: server.url, DASHSCOPE_API_KEY: server.key })
}

/** Every provider that has a service behind it, and whether its files go to the person's bucket. */
const services: [ProviderId, (result: Buffer) => Promise<Started>, 'own' | 'bucket'][] = [
  ['dashscope', dashScope, 'own'],
  ['dashscope-cn', dashScope, 'own'],
  [
    'evolink',
    async (result) => {
      const server = await startEvoLinkServer({ result, words: ['completed'] })
      return withEnv(server, {
        RESHOOT_EVOLINK_URL: server.url,
        RESHOOT_EVOLINK_FILES_URL: server.filesUrl,
        EVOLINK_API_KEY: server.key,
      })
    },
    'own',
  ],
  [
    'apiyi',
    async (result) => {
      const server = await startApiyiServer({ result, words: ['completed'] })
      return withEnv(server, { RESHOOT_APIYI_URL: server.url, APIYI_API_KEY: server.key })
    },
    'bucket',
  ],
  [
    'aivideoapi',
    async (result) => {
      const server = await startAiVideoApiServer({ result, words: ['completed'] })
      return withEnv(server, { RESHOOT_AIVIDEOAPI_URL: server.url, AIVIDEOAPI_API_KEY: server.key })
    },
    'bucket',
  ],
]

const saved = z.object({ state: z.literal('saved'), path: z.string(), provider: z.string() })

describe('reshoot edit --provider', () => {
  const offered = services.filter(([id]) => isBuiltIn(id))

  it.each(offered)('%s completes without one violation', async (id, start, storage) => {
    const result = readFileSync(await makeClip({ seconds: 3 }))
    const [server, s3] = await Promise.all([start(result), startS3Server()])
    onTestFinished(() => server.stop())
    const [clip, image] = [await makeClip({ seconds: 4 }), await makeImage({ format: 'bmp' })]
    const argv = ['edit', clip, '--prompt', 'make it snow', '--image', image, '--json']
    const env = { RESHOOT_HOME: temporaryFolder(), ...server.env, ...bucketEnv(s3) }
    const command = await startCli([...argv, '--provider', id], { env })
    expect([await command.ended, command.stderr()]).toEqual([0, expect.any(String)])
    const job = saved.parse(JSON.parse(command.stdout().trim().split('\n').at(-1) ?? ''))
    expect(readFileSync(job.path).equals(result)).toBe(true)
    expect(server.violations).toEqual([])
    expect(server.calls.create).toBe(1)
    const stored = s3.requests.filter((request) => request === 'PutObject')
    expect(stored).toHaveLength(storage === 'bucket' ? 2 : 0)
    expect(s3.keys()).toEqual([])
  })

  it.runIf(isBuiltIn('evolink'))(
    'evolink sends a clip that it does not store by the bucket',
    async () => {
      const result = readFileSync(await makeClip({ seconds: 3 }))
      const server = await startEvoLinkServer({ result, words: ['completed'], storesVideo: false })
      const s3 = await startS3Server()
      onTestFinished(() => server.stop())
      const env = {
        RESHOOT_HOME: temporaryFolder(),
        RESHOOT_EVOLINK_URL: server.url,
        RESHOOT_EVOLINK_FILES_URL: server.filesUrl,
        EVOLINK_API_KEY: server.key,
        ...bucketEnv(s3),
      }
      const argv = [
        'edit',
        await makeClip({ seconds: 4 }),
        '--prompt',
        'snow',
        '--provider',
        'evolink',
      ]
      const command = await startCli(argv, { env })
      expect([await command.ended, command.stderr()]).toEqual([0, expect.any(String)])
      expect(server.bodies).toMatchObject([{ video_urls: [expect.stringContaining(s3.url)] }])
      expect(s3.keys()).toEqual([])
    },
  )

  it.runIf(isBuiltIn('apiyi'))('apiyi says what is missing before anything is sent', async () => {
    const server = await startApiyiServer()
    onTestFinished(() => server.stop())
    const env = {
      RESHOOT_HOME: temporaryFolder(),
      RESHOOT_APIYI_URL: server.url,
      APIYI_API_KEY: server.key,
    }
    const clip = await makeClip({ seconds: 4 })
    const base = ['edit', clip, '--prompt', 'snow', '--provider', 'apiyi']
    const without = await startCli(base, { env })
    expect(await without.ended).not.toBe(0)
    const homeless = await startCli([...base, '--image', await makeImage()], { env })
    expect(await homeless.ended).not.toBe(0)
    expect(homeless.stdout() + homeless.stderr()).toMatch(/set up a bucket/i)
    expect(server.calls.create ?? 0).toBe(0)
  })
})
