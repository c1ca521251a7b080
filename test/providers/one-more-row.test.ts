import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { isAllowedLink } from '../../main/shell/links'
import { providerId, settings } from '../../preload/contract'
import { startDashScopeServer } from '../support/dashscope-server'
import { makeClip } from '../support/make-media'
import { runInProcess } from '../support/run-cli'
import { temporaryFolder } from '../support/temporary-folder'

// Adds a row for a service that speaks a known protocol.
vi.mock('../../preload/contract/provider-table', async (importOriginal) => {
  const { providerTable } = await importOriginal<{
    providerTable: Record<string, Record<string, unknown>>
  }>()
  const { sibling: _sibling, workspaceDomain: _domain, ...known } = providerTable['dashscope'] ?? {}
  const another = {
    ...known,
    name: 'Another',
    keyVariable: 'ANOTHER_API_KEY',
    baseUrlVariables: ['RESHOOT_ANOTHER_URL'],
    baseUrl: 'https://api.another.example',
    pages: { keys: 'https://console.another.example/', billing: 'https://another.example/bills' },
  }
  return { providerTable: { ...providerTable, another } }
})

test('a row is all that the command line needs for an edit by a service of a known protocol', async () => {
  const result = readFileSync(await makeClip({ seconds: 3 }))
  const server = await startDashScopeServer({ result, words: ['SUCCEEDED'] })
  onTestFinished(() => server.stop())
  const env = {
    RESHOOT_HOME: temporaryFolder(),
    ANOTHER_API_KEY: server.key,
    RESHOOT_ANOTHER_URL: server.url,
  }
  const clip = await makeClip({ seconds: 4 })
  const argv = ['edit', clip, '--prompt', 'make it snow', '--json', '--provider']
  const run = await runInProcess([...argv, 'another'], { env })
  expect(run.stderr).not.toMatch(/error/i)
  expect(run.documents().at(-1)).toMatchObject({ state: 'saved', provider: 'another' })
  expect(server.violations).toEqual([])

  const refused = await runInProcess([...argv, 'nobody'], { env })
  expect(refused.stderr).toContain('another')
})

test('a row is all that contract and links need', () => {
  expect(providerId.options.at(-1)).toBe('another')
  expect(settings.parse({ provider: 'another' }).provider).toBe('another')
  expect(isAllowedLink('https://console.another.example/keys')).toBe(true)
})
