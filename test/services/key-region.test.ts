import { expect, test } from 'vitest'
import { createKeyRegion } from '../../main/services/key-region'
import {
  type Draft,
  draft,
  type Settings,
  type SettingsPatch,
  settings as settingsSchema,
} from '../../preload/contract'
import { failing } from '../support/connected-provider'
import { createFakeProvider, providerError } from '../support/fake-provider'

const world = (
  options: { source?: 'stored' | 'environment'; accepts?: boolean; key?: string | null } = {},
) => {
  const stored = new Map<string, string>()
  if (options.key !== null) stored.set('dashscope', options.key ?? 'sk-1')
  let settings: Settings = settingsSchema.parse({ provider: 'dashscope' })
  const asked: string[] = []
  const drafts = new Map<string, Draft>()
  for (const [clipId, provider] of [
    ['one', 'dashscope'],
    ['two', 'evolink'],
  ])
    drafts.set(
      `draft-${clipId}`,
      draft.parse({
        id: `draft-${clipId}`,
        source: { kind: 'clip', clipId },
        provider,
        options: {},
        updatedAt: 1,
      }),
    )
  const providers = () => [...drafts.values()].map(({ provider }) => provider)
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
    drafts: {
      list: () => [...drafts.values()],
      save: (value) => void drafts.set(value.id, value),
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
  return { keyRegion, stored, asked, providers, settings: () => settings }
}

test('a key of the other region is moved there and used from then on', async () => {
  const { keyRegion, stored, asked, providers, settings } = world()
  expect(await keyRegion('dashscope')).toBe('dashscope-cn')
  expect([...stored]).toEqual([['dashscope-cn', 'sk-1']])
  expect(settings().provider).toBe('dashscope-cn')
  expect(asked).toEqual(['dashscope-cn sk-1'])
  expect(providers()).toEqual(['dashscope-cn', 'evolink'])
  expect(JSON.stringify(settings())).not.toContain('sk-1')
})

test('a key from the environment is not moved', async () => {
  const { keyRegion, stored, settings } = world({ source: 'environment' })
  expect(await keyRegion('dashscope')).toBe('dashscope-cn')
  expect([...stored.keys()]).toEqual(['dashscope'])
  expect(settings().provider).toBe('dashscope-cn')
})

test('a key of neither region stays, and the other region is not asked twice', async () => {
  const { keyRegion, stored, asked, providers, settings } = world({ accepts: false })
  for (let i = 0; i < 2; i += 1) {
    expect((await failing(keyRegion('dashscope'))).failure.text.key).toBe(
      'failure.auth_region-neither',
    )
  }
  expect(asked).toHaveLength(1)
  expect([...stored.keys()]).toEqual(['dashscope'])
  expect(settings().provider).toBe('dashscope')
  expect(providers()).toEqual(['dashscope', 'evolink'])
})

test('without a key no region is asked', async () => {
  const { keyRegion, asked } = world({ key: null })
  expect((await failing(keyRegion('dashscope'))).failure.action).toBe('enter-key')
  expect(asked).toEqual([])
})
