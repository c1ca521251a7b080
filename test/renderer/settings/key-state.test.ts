import { describe, expect, it } from 'vitest'
import { keySource } from '../../../preload/contract'
import {
  acceptsKey,
  keyState,
  maySave,
  opensAtFirst,
} from '../../../renderer/features/settings/key-state'

const keychain = { backend: 'gnome_libsecret', encrypted: true }
const plain = { backend: 'basic_text', encrypted: false }

describe('keyState', () => {
  it('warns of a key that is stored as plain text', () => {
    expect(keyState('stored', keychain)).toEqual({ say: 'stored', mark: 'pass' })
    expect(keyState('stored', plain)).toEqual({ say: 'storedPlain', mark: 'warn' })
  })

  it('differs between the other sources', () => {
    expect(keySource.options.map((source) => keyState(source, plain).say)).toEqual([
      'none',
      'storedPlain',
      'environment',
      'notNeeded',
    ])
  })
})

describe('acceptsKey', () => {
  it('is true only if an entered key would be used', () => {
    expect(keySource.options.filter((key) => acceptsKey({ key }))).toEqual(['none', 'stored'])
  })
})

describe('maySave', () => {
  it.each([
    ['sk-1', keychain, false, true],
    ['   ', keychain, false, false],
    ['sk-1', plain, false, false],
    ['sk-1', plain, true, true],
    ['', plain, true, false],
  ])('of %j in %j, accepted %s: %s', (typed, store, accepted, may) => {
    expect(maySave(typed, store, accepted)).toBe(may)
  })
})

describe('opensAtFirst', () => {
  it.each([
    ['sandbox', 'not-needed', null, true],
    ['evolink', 'none', null, false],
    ['evolink', 'none', 'evolink', true],
    ['evolink', 'none', 'storage', false],
    ['evolink', 'stored', null, true],
    ['apiyi', 'environment', null, true],
  ] as const)('%s with its key %s, asked for %s: %s', (id, key, asked, opens) => {
    expect(opensAtFirst({ id, key }, 'sandbox', asked)).toBe(opens)
  })
})
