import { expect, test } from 'vitest'
import { createProviders } from '../../main/providers/registry'
import { providerDescription } from '../../preload/contract'

const keys = { get: () => 'sk-1', source: () => 'stored' as const }

const registry = (
  env: Record<string, string>,
  sandbox = async () => ({ url: 'http://127.0.0.1:9', token: 't' }),
) => createProviders({ keys, env, sandbox })

test('describes what is built in without starting anything', () => {
  const described = registry({ RESHOOT_DASHSCOPE_URL: 'http://127.0.0.1:1/' }, () => {
    throw new Error('not asked for')
  }).describe()
  expect(described.map((one) => providerDescription.parse(one).id)).toEqual([
    'sandbox',
    'dashscope',
  ])
  expect(described.map((one) => one.key)).toEqual(['not-needed', 'stored'])
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

test('a provider that is not built in is refused by name', async () => {
  await expect(registry({}).get('evolink')).rejects.toMatchObject({
    failure: { text: { key: 'failure.provider_not-built-in' } },
  })
})

test('the Sandbox is started once, and again only after it could not start', async () => {
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
