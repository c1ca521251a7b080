import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { adapterOf, protocols } from '../../main/providers/adapters'
import { providerRows } from '../../main/providers/provider-rows'
import { isAllowedLink } from '../../main/shell/links'
import { providerId } from '../../preload/contract'
import { sharedTexts } from '../../preload/contract/language'
import { languages } from '../../preload/contract/language/languages'

const never = async (): Promise<never> => {
  throw new Error('not asked for')
}

describe.each(providerId.options)('the row of %s', (id) => {
  const row = providerRows[id]

  test('has an adapter, which is made under its own name and asks nobody for it', async () => {
    const make = await adapterOf(row.protocol)
    const provider = make({
      row,
      baseUrl: row.baseUrl,
      filesUrl: row.files?.baseUrl ?? '',
      key: () => null,
      http: { send: never, close: async () => {} },
      clock: { now: Date.now, sleep: never },
      unique: () => 'unique',
      workspace: null,
    })
    expect(provider.row.id).toBe(id)
    expect(provider.downloadHeaders()).toEqual({})
    expect([!!provider.cancel, !!provider.list, !!provider.balance]).toEqual([
      row.cancels ?? false,
      row.lists ?? false,
      row.tellsBalance ?? false,
    ])
  })

  test('has a line about it in every language', () => {
    const lines = languages.map((language) => sharedTexts[language.id].provider[id])
    expect(lines).not.toContain(undefined)
    expect(new Set(lines).size).toBe(languages.length)
  })

  test('reads no variable of another service', () => {
    const others = Object.values(providerRows).filter(({ protocol }) => protocol !== row.protocol)
    const theirs = others.flatMap(({ keyVariable, baseUrlVariables, files }) => [
      ...(keyVariable ? [keyVariable] : []),
      ...baseUrlVariables,
      ...(files ? [files.variable] : []),
    ])
    const ours = [row.keyVariable ?? '', ...row.baseUrlVariables, row.files?.variable ?? '']
    expect(theirs.filter((name) => ours.includes(name))).toEqual([])
  })

  test('leads to pages that may be opened', () => {
    const pages = row.pages ? [row.pages.keys, row.pages.billing] : []
    expect(pages.filter((page) => !isAllowedLink(page))).toEqual([])
  })
})

test('every adapter is a file that some row names, and every one is used', async () => {
  const folder = new URL('../../main/providers/', import.meta.url)
  const used = new Set(Object.values(providerRows).map(({ protocol }) => protocol))
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  expect(
    files.filter((file) => file.endsWith('adapter.ts') && file !== 'adapter.ts').sort(),
  ).toEqual([...used].map((name) => path.join(name, 'adapter.ts')).sort())
  expect([...protocols].sort()).toEqual([...used].sort())
})

test('a protocol without a file is named where it is missing', async () => {
  await expect(adapterOf('nobody')).rejects.toThrow('nobody/adapter.ts')
})
