import { readFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { startApiyiServer } from '../support/apiyi-server'
import { startCli } from '../support/cli-process'
import { startDashScopeServer } from '../support/dashscope-server'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { startS3Server } from '../support/s3-server'
import { bucketEnv, evoLink, strictServices } from '../support/strict-services'
import { temporaryFolder } from '../support/temporary-folder'

const saved = z.object({ state: z.literal('saved'), path: z.string(), provider: z.string() })

describe('reshoot edit --provider', () => {
  it.each(strictServices)('%s completes without one violation', async (id, start, storage) => {
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

  it('evolink gets a clip by the bucket when its storage refuses clips', async () => {
    const server = await evoLink(readFileSync(await makeClip({ seconds: 3 })), false)
    const s3 = await startS3Server()
    onTestFinished(() => server.stop())
    const env = { RESHOOT_HOME: temporaryFolder(), ...server.env, ...bucketEnv(s3) }
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
  })

  it('apiyi reports missing requirements before anything is sent', async () => {
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

  it('a key of the other region is explained, with the provider to use instead', async () => {
    const result = readFileSync(await makeClip({ seconds: 3 }))
    const [singapore, beijing] = await Promise.all([
      startDashScopeServer({ key: 'sk-of-singapore' }),
      startDashScopeServer({ key: 'sk-of-beijing', result, words: ['SUCCEEDED'] }),
    ])
    onTestFinished(async () => {
      await Promise.all([singapore.stop(), beijing.stop()])
    })
    const env = {
      RESHOOT_HOME: temporaryFolder(),
      DASHSCOPE_API_KEY: 'sk-of-beijing',
      RESHOOT_DASHSCOPE_URL: singapore.url,
      RESHOOT_DASHSCOPE_CN_URL: beijing.url,
    }
    const argv = ['edit', await makeClip({ seconds: 4 }), '--prompt', 'snow', '--provider']
    const refused = await startCli([...argv, 'dashscope'], { env })
    expect(await refused.ended).toBe(1)
    expect(refused.stderr()).toMatch(/Singapore region rejected.*may belong to Beijing/)
    expect(refused.stderr()).toContain('--provider dashscope-cn')
    const accepted = await startCli([...argv, 'dashscope-cn'], { env })
    expect([await accepted.ended, accepted.stderr()]).toEqual([0, expect.any(String)])
    expect([singapore.calls.create, beijing.calls.create]).toEqual([0, 1])
    expect(beijing.violations).toEqual([])
  })
})
