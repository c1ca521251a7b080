import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Provider } from '../../main/providers/provider'
import { createProviders } from '../../main/providers/registry'
import { providerDescription, providerId, providerRows } from '../../preload/contract'
import { recordingHttp } from '../support/connected-provider'
import { startDashScopeServer } from '../support/dashscope-server'
import { temporaryFolder } from '../support/temporary-folder'

const keys = { get: () => 'sk-1', source: () => 'stored' as const }

const registry = (
  env: Record<string, string>,
  sandbox = async () => ({ url: 'http://127.0.0.1:9', token: 't' }),
) => createProviders({ keys, env, sandbox })

test('describes the built-in providers without starting anything', () => {
  const described = registry({ RESHOOT_DASHSCOPE_URL: 'http://127.0.0.1:1/' }, () => {
    throw new Error('not asked for')
  }).describe()
  expect(described.map((one) => providerDescription.parse(one).id)).toEqual(providerId.options)
  expect(described.slice(0, 2).map((one) => one.key)).toEqual(['not-needed', 'stored'])
  expect(described[1]?.baseUrl).toBe('http://127.0.0.1:1/')
})

test.each([
  ['sandbox', { canCancel: true, tellsBalance: false, key: 'not-needed' }],
  ['dashscope', { canCancel: true, tellsBalance: false, key: 'stored' }],
  ['evolink', { canCancel: false, tellsBalance: true, key: 'stored' }],
  ['apiyi', { canCancel: false, tellsBalance: false, key: 'stored' }],
] as const)('describes what %s can do', (id, expected) => {
  const described = registry({})
    .describe()
    .find((one) => one.id === id)
  expect(described).toMatchObject({
    ...expected,
    name: providerRows[id].name,
    tagline: { key: `provider.${id}`, values: {} },
    stores: providerRows[id].stores ?? 'all',
    baseUrl: providerRows[id].baseUrl,
  })
})

test.each(['dashscope.aliyuncs.com', 'ftp://h.example', 'http//x', 'file:///etc'])(
  'the address %s is refused with the variable’s name',
  async (value) => {
    await expect(registry({ RESHOOT_DASHSCOPE_URL: value }).get('dashscope')).rejects.toMatchObject(
      {
        failure: {
          text: {
            key: 'failure.provider_bad-url',
            values: { variable: 'RESHOOT_DASHSCOPE_URL', value },
          },
        },
        sent: 'no',
      },
    )
  },
)

test('an unknown provider is refused by name', async () => {
  const rows = { dashscope: providerRows.dashscope }
  const providers = createProviders({ keys, env: {}, rows, sandbox: never })
  await expect(providers.get('evolink')).rejects.toMatchObject({
    failure: { text: { key: 'failure.provider_not-built-in', values: { provider: 'evolink' } } },
    sent: 'no',
  })
})

test('an address from a variable may use TLS and have spaces around it', async () => {
  const env = { RESHOOT_DASHSCOPE_URL: ' https://h.example ' }
  const provider = await registry(env).get('dashscope')
  expect(provider.row.id).toBe('dashscope')
})

test('the file storage of a service has an address of its own', async () => {
  const env = { RESHOOT_EVOLINK_FILES_URL: 'nowhere' }
  await expect(registry(env).get('evolink')).rejects.toMatchObject({
    failure: { text: { values: { variable: 'RESHOOT_EVOLINK_FILES_URL', value: 'nowhere' } } },
  })
})

test('images are converted by the given means', async () => {
  const withPng = () => Promise.reject(new Error('converting'))
  const provider = await createProviders({ keys, env: {}, sandbox: never, withPng }).get('evolink')
  const file = { path: '/a.bmp', name: 'a.bmp', contentType: 'image/bmp', bytes: 4 }
  const signal = new AbortController().signal
  await expect(provider.upload?.('edit', file, { signal })).rejects.toThrow('converting')
})

test('a key can be tried before it is stored', async () => {
  const { http, asked } = recordingHttp()
  let closed = 0
  http.close = async () => void closed++
  const workspaceOf = () => 'ws-1'
  const providers = createProviders({ keys, env: {}, sandbox: never, http, workspaceOf })
  const signal = new AbortController().signal
  const ask = (provider: Provider) => provider.query('t', { signal }).catch(() => undefined)
  await ask(await providers.withKey('dashscope', 'sk-2'))
  await ask(await providers.get('dashscope'))
  const used = asked.map(({ headers }) => headers['Authorization'])
  expect(used).toEqual(['Bearer sk-2', 'Bearer sk-1'])
  await providers.close()
  expect(closed).toBe(1)
})

test('the Sandbox has the key that it was started with', async () => {
  const { http, asked } = recordingHttp()
  const sandbox = async () => ({ url: 'http://127.0.0.1:9', token: 'token' })
  const providers = createProviders({ keys, env: {}, sandbox, http })
  const signal = new AbortController().signal
  await (await providers.get('sandbox')).query('t', { signal }).catch(() => undefined)
  expect(asked[0]?.headers['Authorization']).toBe('Bearer token')
})

test('a provider is made once for each workspace', async () => {
  let workspace: string | null = null
  const workspaceOf = () => workspace
  const providers = createProviders({ keys, env: {}, sandbox: never, workspaceOf })
  const first = await providers.get('dashscope')
  expect(await providers.get('dashscope')).toBe(first)
  workspace = 'ws-1'
  expect(await providers.get('dashscope')).not.toBe(first)
  const second = await providers.get('dashscope')
  workspace = 'ws-2'
  expect(await providers.get('dashscope')).not.toBe(second)
  workspace = null
  expect(await providers.get('dashscope')).toBe(first)
  await providers.close() // before its first request
})

test('without other HTTP the providers share one client', async () => {
  const server = await startDashScopeServer()
  onTestFinished(() => server.stop())
  const providers = createProviders({
    keys: { ...keys, get: () => server.key },
    env: { RESHOOT_DASHSCOPE_URL: server.url },
    sandbox: never,
  })
  const provider = await providers.get('dashscope')
  const { id } = server.addTask()
  const call = { signal: new AbortController().signal }
  expect((await provider.query(id, call)).status).toBe('pending')
  const path = join(temporaryFolder(), 'clip.mp4')
  writeFileSync(path, 'clip')
  const file = { path, name: 'clip.mp4', contentType: 'video/mp4', bytes: 4 }
  const urls = [
    await provider.upload?.('edit', file, call),
    await provider.upload?.('edit', file, call),
  ]
  for (const url of urls) expect(url).toMatch(/\/[0-9a-f]{24}\.mp4$/)
  expect(urls[0]).not.toBe(urls[1])
  await providers.close()
  await expect(provider.query(id, call)).rejects.toMatchObject({ name: 'ProviderError' })
})

test('the Sandbox starts once, and again only after a failed start', async () => {
  let starts = 0
  const providers = registry({}, async () => {
    starts += 1
    if (starts === 1) throw new Error('no')
    return { url: 'http://127.0.0.1:9', token: 't' }
  })
  await expect(providers.get('sandbox')).rejects.toMatchObject({
    failure: { text: { key: 'failure.sandbox_not-running', values: { detail: 'no' } } },
    sent: 'no',
    cause: { message: 'no' },
  })
  expect(await providers.get('sandbox')).toBe(await providers.get('sandbox'))
  expect(starts).toBe(2)
})

test.each([
  ['dashscope', 'RESHOOT_DASHSCOPE_URL', '/api/v1/tasks/t'],
  ['dashscope-cn', 'RESHOOT_DASHSCOPE_URL', '/api/v1/tasks/t'],
  ['dashscope-cn', 'RESHOOT_DASHSCOPE_CN_URL', '/api/v1/tasks/t'],
  ['evolink', 'RESHOOT_EVOLINK_URL', '/v1/tasks/t'],
  ['apiyi', 'RESHOOT_APIYI_URL', '/v1/tasks/t'],
  ['aivideoapi', 'RESHOOT_AIVIDEOAPI_URL', '/v1/tasks/t'],
] as const)('%s is asked at the address of %s', async (id, variable, path) => {
  const { http, asked } = recordingHttp()
  const ask = async (env: Record<string, string>) => {
    const providers = createProviders({ keys, env, sandbox: never, http })
    const provider = await providers.get(id)
    await provider.query('t', { signal: new AbortController().signal }).catch(() => undefined)
    expect(provider.row.id).toBe(id)
  }
  await ask({ [variable]: 'http://127.0.0.1:1' })
  await ask({})
  expect(asked.map(({ url }) => url)).toEqual([
    `http://127.0.0.1:1${path}`,
    `${providerRows[id].baseUrl}${path}`,
  ])
})

const never = async (): Promise<never> => {
  throw new Error('not asked for')
}

test('each region of DashScope can be given its own host', () => {
  const both = { RESHOOT_DASHSCOPE_URL: 'http://one.example', RESHOOT_DASHSCOPE_CN_URL: ' ' }
  const urls = (env: Record<string, string>) => {
    const described = registry(env).describe()
    return ['dashscope', 'dashscope-cn'].map(
      (id) => described.find((one) => one.id === id)?.baseUrl,
    )
  }
  expect(urls(both)).toEqual(['http://one.example', 'http://one.example'])
  expect(urls({ ...both, RESHOOT_DASHSCOPE_CN_URL: 'http://two.example' })).toEqual([
    'http://one.example',
    'http://two.example',
  ])
  expect(urls({ RESHOOT_DASHSCOPE_CN_URL: 'http://two.example' })).toEqual([
    providerRows.dashscope.baseUrl,
    'http://two.example',
  ])
})

test('a workspace has its own host unless a variable names another', async () => {
  const { http, asked } = recordingHttp()
  let workspace: string | null = null
  const ask = async (env: Record<string, string>) => {
    const workspaceOf = () => workspace
    const options = { keys, env, sandbox: never, http, workspaceOf }
    const providers = createProviders(options)
    for (const each of [null, 'ws-1']) {
      workspace = each
      const provider = await providers.get('dashscope-cn')
      await provider.query('t', { signal: new AbortController().signal }).catch(() => undefined)
    }
  }
  await ask({})
  await ask({ RESHOOT_DASHSCOPE_URL: 'http://127.0.0.1:1' })
  expect(asked.map(({ url }) => new URL(url).host)).toEqual([
    'dashscope.aliyuncs.com',
    'ws-1.cn-beijing.maas.aliyuncs.com',
    '127.0.0.1:1',
    '127.0.0.1:1',
  ])
})
