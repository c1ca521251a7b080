import { describe, expect, it } from 'vitest'
import {
  type ProviderDescription,
  providerRows,
  type SettingsView,
  settings,
} from '../../../preload/contract'
import { ProviderRow } from '../../../renderer/features/settings/provider-row'
import { markupOf, rawKeys, wordsOf } from '../render'

const view = (encrypted: boolean): SettingsView => ({
  settings: settings.parse({}),
  language: 'en',
  libraryFolder: '/videos',
  homeFolder: '/home',
  keyStore: { backend: 'store', encrypted },
  version: '0.1.0',
  versions: { electron: '45', chrome: '151', node: '24' },
})
const provider = (key: ProviderDescription['key']): ProviderDescription => ({
  id: 'dashscope',
  name: 'DashScope',
  tagline: { key: 'provider.dashscope', values: {} },
  modes: providerRows.dashscope.modes,
  canCancel: true,
  key,
  keyVariable: 'DASHSCOPE_API_KEY',
  baseUrl: 'https://example.com',
})
const row = (key: ProviderDescription['key'], encrypted = true) => (
  <ProviderRow opens provider={provider(key)} view={view(encrypted)} />
)

describe('a provider in Settings', () => {
  it.each([
    ['stored', true, 'Stored in the keychain'],
    ['stored', false, 'not encrypted'],
    ['environment', true, 'From environment variable DASHSCOPE_API_KEY'],
    ['none', true, 'No key'],
    ['not-needed', true, 'No key needed'],
  ] as const)('shows a key that is %s (encrypted: %s) as “%s”', (key, encrypted, said) => {
    expect(wordsOf(row(key, encrypted), 'en')).toContain(said)
    expect(rawKeys(markupOf(row(key, encrypted), 'zh'))).toEqual([])
  })

  it('has a password field, but only when an entered key would be used', () => {
    expect(markupOf(row('none'), 'en')).toContain('type="password"')
    expect(markupOf(row('environment'), 'en')).not.toContain('type="password"')
    expect(markupOf(row('not-needed'), 'en')).not.toContain('type="password"')
  })

  it('is one line with the state of its key while it is closed', () => {
    const folded = (key: ProviderDescription['key']) => (
      <ProviderRow opens={false} provider={provider(key)} view={view(true)} />
    )
    expect(wordsOf(folded('none'), 'en')).toContain('No key')
    expect(markupOf(folded('none'), 'en')).toContain('aria-expanded="false"')
    expect(markupOf(folded('none'), 'en')).not.toContain('type="password"')
    expect(wordsOf(folded('none'), 'en')).not.toContain('Bills the length')
    // A key can be tested while the row is closed.
    expect(wordsOf(folded('stored'), 'en')).toContain('Test')
  })

  it('offers to remove only a stored key', () => {
    expect(wordsOf(row('stored'), 'en')).toContain('Remove')
    expect(wordsOf(row('environment'), 'en')).not.toContain('Remove')
  })

  it('shows prices, where to get a key and where files are stored', () => {
    const gateway: ProviderDescription = {
      ...provider('none'),
      stores: 'nothing',
      pages: { keys: 'https://api.apiyi.com/token', billing: 'https://api.apiyi.com/account' },
    }
    const words = wordsOf(<ProviderRow opens provider={gateway} view={view(true)} />, 'en')
    expect(words).toContain('$0.10 per second at 720p, $0.15 at 1080p')
    expect(words).toContain('Get a key')
    expect(words).toContain('Set up a bucket')
    const chinese = markupOf(<ProviderRow opens provider={gateway} view={view(true)} />, 'zh')
    expect(rawKeys(chinese)).toEqual([])
  })

  it('shows the host of a workspace for providers with workspaces', () => {
    const regional = { ...provider('stored'), workspaceDomain: 'maas.aliyuncs.com' }
    const settled = { ...view(true) }
    settled.settings = { ...settled.settings, workspaces: { dashscope: 'ws-1' } }
    const words = wordsOf(
      <ProviderRow
        opens
        provider={{ ...regional, baseUrl: 'https://dashscope-intl.aliyuncs.com' }}
        view={settled}
      />,
      'en',
    )
    expect(words).toContain('ws-1.maas.aliyuncs.com')
    expect(words).not.toContain('Set up a bucket')
  })
})
