import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import type { SettingsView, UpdateState } from '../../../preload/contract'
import { settings } from '../../../preload/contract/settings'
import { keys } from '../../../renderer/data/client'
import { UpdateRows } from '../../../renderer/features/settings/update-rows'
import { markupOf, rawKeys, wordsOf } from '../render'

const view: SettingsView = {
  settings: settings.parse({}),
  language: 'en',
  libraryFolder: '/results',
  homeFolder: '/home',
  keyStore: { backend: 'none', encrypted: false },
  version: '1.2.0',
  versions: { electron: '', chrome: '', node: '' },
}

const words = (state: UpdateState): string => {
  const client = new QueryClient()
  client.setQueryData(keys.updates, state)
  const rows = <UpdateRows view={view} />
  expect(rawKeys(markupOf(rows, 'zh', client))).toEqual([])
  return wordsOf(rows, 'en', client)
}

const version = '1.3.0'

test.each<[UpdateState, string, string]>([
  [{ kind: 'unknown' }, 'Not looked for yet', 'Look now'],
  [{ kind: 'newest' }, 'This is the newest version.', 'Look now'],
  [{ kind: 'found', version }, 'Version 1.3.0 is available.', 'Download'],
  [{ kind: 'ready', version }, 'Version 1.3.0 is ready.', 'Quit and install'],
  [
    { kind: 'failed', text: { key: 'update.damaged', values: {} } },
    'The download is damaged, so it was deleted.',
    'Look now',
  ],
])('%o says what there is, and offers the next step alone', (state, sentence, button) => {
  const found = words(state)
  expect(found).toContain(sentence)
  const buttons = ['Look now', 'Download', 'Quit and install']
  expect(buttons.filter((one) => found.includes(` ${one} `))).toEqual([button])
})

test('a download says how far it is, and offers nothing meanwhile', () => {
  const found = words({ kind: 'downloading', version, fraction: 0.42 })
  expect(found).toContain('Downloading version 1.3.0: 42%')
  expect(found).not.toContain('Look now')
})

test('looking by itself is off, with the reason', () => {
  expect(markupOf(<UpdateRows view={view} />, 'en')).toBe('')
  expect(words({ kind: 'unknown' })).toContain(
    'Off unless you turn it on: builds are not signed yet',
  )
})

test.each([
  ['package-manager', 'through your package manager'],
  ['by-hand', 'does not replace itself'],
  ['no-releases', 'knows no place where new versions are published'],
] as const)('offers nothing where it cannot: %s', (why, sentence) => {
  const found = words({ kind: 'elsewhere', why })
  expect(found).toContain(sentence)
  expect(found).not.toContain('Look')
})
