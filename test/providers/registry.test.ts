import { expect, test } from 'vitest'
import { createProviders } from '../../main/providers/registry'
import { providerDescription, providerId, providerRows } from '../../preload/contract'

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

test.each(['dashscope.aliyuncs.com', 'ftp://h.example', 'http//x', 'file:///etc'])(
  'the address %s is refused with the variable’s name',
  async (value) => {
    await expect(registry({ RESHOOT_DASHSCOPE_URL: value }).get('dashscope')).rejects.toMatchObject(
      {
        failure: { text: { values: { variable: 'RESHOOT_DASHSCOPE_URL', value } } },
        sent: 'no',
      },
    )
  },
)

test('an unknown provider is refused by name', async () => {
  const rows = { dashscope: providerRows.dashscope }
  const providers = createProviders({ keys, env: {}, rows, sandbox: never })
  await expect(providers.get('evolink')).rejects.toMatchObject({
    failure: { text: { key: 'failure.provider_not-built-in' } },
  })
})

test('the Sandbox starts once, and again only after a failed start', async () => {
  let starts = 0
  const providers = registry({}, async () => {
    starts += 1
    if (starts === 1) throw new Error('no')
    return { url: 'http://127.0.0.1:9', token: 't' }
  })
  await expect(providers.get('sandbox')).rejects.toMatchObject({
    failure: { text: { values: { detail: 'no' } } },
    sent: 'no',
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
  const urls: string[] = []
  const http = {
    send: async ({ url }: { url: string }) => {
      urls.push(url)
      return { status: 200, body: {}, isPage: false, retryAfter: null, date: null }
    },
    upload: () => Promise.reject(new Error('nothing is uploaded here')),
    close: async () => {},
  }
  const ask = async (env: Record<string, string>) => {
    const providers = createProviders({ keys, env, sandbox: never, http })
    const provider = await providers.get(id)
    await provider.query('t', { signal: new AbortController().signal }).catch(() => undefined)
    expect(provider.row.id).toBe(id)
  }
  await ask({ [variable]: 'http://127.0.0.1:1' })
  await ask({})
  expect(urls).toEqual([`http://127.0.0.1:1${path}`, `${providerRows[id].baseUrl}${path}`])
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
  const urls: string[] = []
  const http = {
    send: async ({ url }: { url: string }) => {
      urls.push(new URL(url).host)
      return { status: 200, body: {}, isPage: false, retryAfter: null, date: null }
    },
    upload: () => Promise.reject(new Error('nothing is uploaded here')),
    close: async () => {},
  }
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
  expect(urls).toEqual([
    'dashscope.aliyuncs.com',
    'ws-1.cn-beijing.maas.aliyuncs.com',
    '127.0.0.1:1',
    '127.0.0.1:1',
  ])
})
