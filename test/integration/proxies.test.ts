import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { startApiyiServer } from '../support/apiyi-server'
import { startCli } from '../support/cli-process'
import { startDashScopeServer } from '../support/dashscope-server'
import { beyondProxy, certificate, startForwardProxy } from '../support/forward-proxy'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { runInProcess } from '../support/run-cli'
import { startS3Server } from '../support/s3-server'
import { bucketEnv } from '../support/strict-services'
import { temporaryFolder } from '../support/temporary-folder'

const saved = z.object({ state: z.literal('saved'), path: z.string() })
const lastOf = (stdout: string) => saved.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))

const user = { name: 'me', password: 'geheim@1' }

/** All text below a folder, as it lies there. */
const everythingIn = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')

/** A DashScope that only a proxy can reach, at a name for each of its origins. */
const dashScopeBeyond = async (scheme: 'http' | 'https') => {
  const result = readFileSync(await makeClip({ seconds: 3 }))
  const server = await startDashScopeServer({ result, words: ['SUCCEEDED'] })
  onTestFinished(() => server.stop())
  const api = await beyondProxy(server.url, 'api', scheme)
  server.filesUrl = await beyondProxy(server.filesUrl, 'storage', scheme)
  const { resultUrlOf } = server
  const inner = new URL(resultUrlOf('x')).origin
  // Results come by https, or from the host that the person has named.
  const results = await beyondProxy(inner, scheme === 'https' ? 'results' : 'api', scheme)
  server.resultUrlOf = (id) => resultUrlOf(id).replace(inner, results)
  return { server, result, api, storage: server.filesUrl, results }
}

const edit = async (id: string, ...more: string[]) => [
  ...['edit', await makeClip({ seconds: 4 }), '--prompt', 'make it snow', '--json'],
  ...['--provider', id, ...more],
]

describe('reshoot edit behind a proxy', () => {
  it('sends call, upload and download through the proxy of the environment, by https', async () => {
    const proxy = await startForwardProxy({ user })
    const { server, result, api, storage, results } = await dashScopeBeyond('https')
    const home = temporaryFolder()
    const env = {
      RESHOOT_HOME: home,
      RESHOOT_DASHSCOPE_URL: api,
      DASHSCOPE_API_KEY: server.key,
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: certificate,
    }
    const command = await startCli(await edit('dashscope'), { env })
    expect([await command.ended, command.stderr()]).toEqual([0, expect.any(String)])
    expect(readFileSync(lastOf(command.stdout()).path).equals(result)).toBe(true)
    expect(new Set(proxy.passed)).toEqual(
      new Set([api, storage, results].map((origin) => `CONNECT ${new URL(origin).host}`)),
    )
    expect(proxy.refused).toEqual([])
    expect(server.violations).toEqual([])
    expect(server.calls.create).toBe(1)
    const shown = command.stdout() + command.stderr() + everythingIn(home)
    expect(shown).not.toContain('geheim')
    expect(shown).not.toContain(btoa(`${user.name}:${user.password}`))
  })

  it('does the same by http, with the bucket', async () => {
    const proxy = await startForwardProxy({ user })
    const result = readFileSync(await makeClip({ seconds: 3 }))
    const [server, s3] = await Promise.all([
      startApiyiServer({ result, words: ['completed'] }),
      startS3Server(),
    ])
    onTestFinished(() => server.stop())
    const api = await beyondProxy(server.url, 'api', 'http')
    const bucket = await beyondProxy(s3.url, 's3', 'http')
    const env = {
      ...bucketEnv(s3),
      RESHOOT_HOME: temporaryFolder(),
      RESHOOT_APIYI_URL: api,
      APIYI_API_KEY: server.key,
      RESHOOT_S3_ENDPOINT: bucket,
      all_proxy: proxy.url,
    }
    const command = await startCli(await edit('apiyi', '--image', await makeImage()), { env })
    expect([await command.ended, command.stderr()]).toEqual([0, expect.any(String)])
    expect(readFileSync(lastOf(command.stdout()).path).equals(result)).toBe(true)
    expect(proxy.passed).toContainEqual(expect.stringContaining(`POST ${api}/`))
    expect(proxy.passed).toContain(`CONNECT ${new URL(bucket).host}`)
    expect(proxy.refused).toEqual([])
    expect([server.violations, s3.keys()]).toEqual([[], []])
  })

  it('asks the system where the environment names no proxy', async () => {
    const proxy = await startForwardProxy()
    const { server, api, storage, results } = await dashScopeBeyond('http')
    const asked: string[] = []
    const env = {
      RESHOOT_HOME: temporaryFolder(),
      RESHOOT_DASHSCOPE_URL: api,
      DASHSCOPE_API_KEY: server.key,
    }
    const run = await runInProcess(await edit('dashscope'), {
      env,
      systemProxy: async (address) => {
        asked.push(address)
        return `PROXY 127.0.0.1:${proxy.port}; DIRECT`
      },
    })
    expect([run.code, run.stderr]).toEqual([0, expect.any(String)])
    expect(new Set(asked)).toEqual(new Set([api, storage, results]))
    const hosts = proxy.passed.map(
      (line) => line.replace('CONNECT ', 'CONNECT http://').split(' ')[1],
    )
    expect(new Set(hosts.map((each) => new URL(each ?? '').origin))).toEqual(
      new Set([api, storage, results]),
    )
    expect(server.violations).toEqual([])
  })

  it('leaves the Sandbox alone', async () => {
    const proxy = await startForwardProxy()
    const env = {
      RESHOOT_HOME: temporaryFolder(),
      ALL_PROXY: proxy.url,
      RESHOOT_SANDBOX_SPEED: '20',
    }
    const run = await runInProcess(await edit('sandbox'), { env })
    expect([run.code, run.stderr]).toEqual([0, expect.any(String)])
    expect([proxy.passed, proxy.refused]).toEqual([[], []])
  })
})
