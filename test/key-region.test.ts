import { expect, test } from 'vitest'
import { createKeyRegion } from '../main/key-region'
import { type Settings, type SettingsPatch, settings as settingsSchema } from '../preload/contract'
import { failing } from './support/connected-provider'
import { createFakeProvider, providerError } from './support/fake-provider'

function world(
  options: { source?: 'stored' | 'environment'; accepts?: boolean; key?: string | null } = {},
) {
  const stored = new Map<string, string>()
  if (options.key !== null) stored.set('dashscope', options.key ?? 'sk-1')
  let settings: Settings = settingsSchema.parse({ provider: 'dashscope' })
  const asked: string[] = []
  const keys = {
    source: () => options.source ?? ('stored' as const),
    get: (name: string) => stored.get(name) ?? null,
    set: (name: string, key: string) => void stored.set(name, key),
    clear: (name: string) => void stored.delete(name),
    store: () => ({ backend: 'test', encrypted: false }),
    onChange: () => () => {},
  }
  const keyRegion = createKeyRegion({
    keys,
    settings: {
      get: () => settings,
      set: (patch: SettingsPatch | Partial<Settings>) => {
        settings = settingsSchema.parse({ ...settings, ...patch })
        return settings
      },
    },
    withKey: async (id, key) => ({
      ...createFakeProvider(),
      test: async () => {
        asked.push(`${id} ${key}`)
        if (options.accepts !== false) return
        const error = providerError('auth', 'refused', 'enter-key')
        Object.assign(error.failure.provider ?? {}, { code: 'InvalidApiKey', httpStatus: 401 })
        throw error
      },
    }),
  })
  return { keyRegion, stored, asked, settings: () => settings }
}

test('a key of the other region is moved there, and used from now on', async () => {
  const { keyRegion, stored, asked, settings } = world()
  expect(await keyRegion('dashscope')).toBe('dashscope-cn')
  expect([...stored]).toEqual([['dashscope-cn', 'sk-1']])
  expect(settings().provider).toBe('dashscope-cn')
  expect(asked).toEqual(['dashscope-cn sk-1'])
  expect(JSON.stringify(settings())).not.toContain('sk-1')
})

test('a key of the environment stays where it is', async () => {
  const { keyRegion, stored, settings } = world({ source: 'environment' })
  expect(await keyRegion('dashscope')).toBe('dashscope-cn')
  expect([...stored.keys()]).toEqual(['dashscope'])
  expect(settings().provider).toBe('dashscope-cn')
})

test('a key of neither region stays, and the other one is not asked twice', async () => {
  const { keyRegion, stored, asked, settings } = world({ accepts: false })
  for (let i = 0; i < 2; i += 1) {
    expect((await failing(keyRegion('dashscope'))).failure.text.key).toBe(
      'failure.auth_region-neither',
    )
  }
  expect(asked).toHaveLength(1)
  expect([...stored.keys()]).toEqual(['dashscope'])
  expect(settings().provider).toBe('dashscope')
})

test('without a key there is nothing to ask', async () => {
  const { keyRegion, asked } = world({ key: null })
  expect((await failing(keyRegion('dashscope'))).failure.action).toBe('enter-key')
  expect(asked).toEqual([])
})
