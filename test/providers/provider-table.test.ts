import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { adapterOf, protocols } from '../../main/providers/adapters'
import { isAllowedLink } from '../../main/shell/links'
import {
  fileRole,
  mode,
  modeData,
  modeRow,
  providerId,
  providerRows,
  siblingOf,
  within,
} from '../../preload/contract'
import { sharedTexts } from '../../preload/contract/language'
import { languages } from '../../preload/contract/language/languages'

const never = async (): Promise<never> => {
  throw new Error('not asked for')
}

describe.each(providerId.options)('the row of %s', (id) => {
  const row = providerRows[id]

  test('has an adapter, which is made under its own name without a request', async () => {
    const make = await adapterOf(row.protocol)
    const provider = make({
      row,
      baseUrl: row.baseUrl,
      filesUrl: row.files?.baseUrl ?? '',
      key: () => null,
      http: { send: never, upload: never, close: async () => {} },
      clock: { now: Date.now, sleep: never },
      unique: () => 'unique',
      workspace: null,
    })
    expect(provider.row.id).toBe(id)
    expect([!!provider.cancel, !!provider.balance]).toEqual([
      row.cancels ?? false,
      row.tellsBalance ?? false,
    ])
  })

  test('has a line about it in every language', () => {
    const lines = languages.map((language) => sharedTexts[language.id].provider[id])
    expect(lines).not.toContain(undefined)
    expect(new Set(lines).size).toBe(languages.length)
  })

  test('uses no environment variable of another service', () => {
    const others = Object.values(providerRows).filter(({ protocol }) => protocol !== row.protocol)
    const theirs = others.flatMap(({ keyVariable, baseUrlVariables, files }) => [
      ...(keyVariable ? [keyVariable] : []),
      ...baseUrlVariables,
      ...(files ? [files.variable] : []),
    ])
    const ours = [row.keyVariable ?? '', ...row.baseUrlVariables, row.files?.variable ?? '']
    expect(theirs.filter((name) => ours.includes(name))).toEqual([])
  })

  test('names pages that the app may open', () => {
    const pages = row.pages ? [row.pages.keys, row.pages.billing] : []
    expect(pages.filter((page) => !isAllowedLink(page))).toEqual([])
  })
})

test('a provider and its sibling name each other and share the variable of their key', () => {
  const pairs = providerId.options.filter((id) => siblingOf(id) !== null)
  expect(pairs).toEqual(['dashscope', 'dashscope-cn'])
  for (const id of pairs) {
    const other = siblingOf(id) ?? id
    expect(siblingOf(other)).toBe(id)
    expect(providerRows[other].keyVariable).toBe(providerRows[id].keyVariable)
    expect(providerRows[other].region).not.toBe(providerRows[id].region)
  }
})

describe.each(mode.options)('the mode %s', (name) => {
  const { sets } = modeData(name)
  const offering = Object.values(providerRows).filter(({ modes }) => name in modes)
  const mostImages = Math.max(...sets.map((set) => set['reference-image']?.max ?? 0))

  test('is offered by every service, with no more images than the model accepts', () => {
    const services = Object.values(providerRows).filter(({ keyVariable }) => keyVariable !== null)
    expect(offering).toEqual(expect.arrayContaining(services))
    for (const row of offering) {
      const { images } = modeRow(row, name).limits
      expect(images.max).toBeLessThanOrEqual(mostImages)
      expect(images.used).toBeLessThanOrEqual(images.max)
    }
  })

  test('has only known roles', () => {
    const roles = sets.flatMap((set) => Object.keys(set))
    expect(roles.filter((role) => !fileRole.safeParse(role).success)).toEqual([])
  })

  test('has a length to choose where the mode says so, and only there', () => {
    for (const row of offering) {
      const { duration } = modeRow(row, name).limits
      expect(duration !== undefined, row.name).toBe(modeData(name).length === 'chosen')
      if (!duration) continue
      expect(within(duration.usual, duration)).toBe(true)
      expect(duration.withVideo).toBeLessThanOrEqual(duration.max)
    }
  })
})

test('a mode that a provider does not offer is an error with its name', () => {
  expect(() => modeRow({ name: 'Nobody', modes: {} }, 'edit')).toThrow('Nobody')
})

test('every adapter is named by a row, and every row names an adapter', async () => {
  const folder = new URL('../../main/providers/', import.meta.url)
  const used = new Set(Object.values(providerRows).map(({ protocol }) => protocol))
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  expect(
    files.filter((file) => file.endsWith('adapter.ts') && file !== 'adapter.ts').sort(),
  ).toEqual([...used].map((name) => path.join(name, 'adapter.ts')).sort())
  expect([...protocols].sort()).toEqual([...used].sort())
})

test('an unknown protocol is named in the error', async () => {
  await expect(adapterOf('nobody')).rejects.toThrow('nobody/adapter.ts')
})
