import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createKeys, defaultProvider } from '../../main/settings/keys'
import { plainSecretBox } from '../../main/settings/plain-secret-box'
import type { SecretBox } from '../../main/settings/settings'
import type { KeySource, ProviderId, Text } from '../../preload/contract'
import { temporaryFolder } from '../support/temporary-folder'

/** A keychain that reverses bytes; `name` is part of the result, so that another keychain cannot decrypt it. */
const keychain = (name: string): SecretBox => ({
  store: () => ({ backend: name, encrypted: true }),
  encrypt: (plain) => Buffer.from(`${name}:${plain}`).reverse(),
  decrypt: (encrypted) => {
    const text = Buffer.from(encrypted).reverse().toString()
    if (!text.startsWith(`${name}:`)) throw new Error(`cannot decrypt ${text}`)
    return text.slice(name.length + 1)
  },
})

const open = (folder: string, box: SecretBox, env: NodeJS.ProcessEnv = {}) => {
  const notices: Text[] = []
  const logged: unknown[] = []
  const log = (...words: unknown[]) => logged.push(words)
  const keys = createKeys({
    file: path.join(folder, 'secrets.json'),
    env,
    box,
    variableOf: (provider) => (provider === 'sandbox' ? null : 'DASHSCOPE_API_KEY'),
    clock: { now: () => 1 },
    log: { info: log, warn: log, error: log },
    notice: (text) => notices.push(text),
  })
  return { keys, notices, logged }
}

const secret = 'sk-0123456789abcdef'

describe('a file of keys that cannot be read', () => {
  it('gives an error with the path, whatever is done', () => {
    const folder = import.meta.filename // a file, as where a disk is not mounted
    const { keys } = open(folder, plainSecretBox)
    const file = path.join(folder, 'secrets.json')
    for (const _attempt of [1, 2])
      expect(() => keys.get('dashscope')).toThrow(expect.objectContaining({ path: file }))
    expect(() => keys.set('dashscope', secret)).toThrow('ENOTDIR')
  })
})

describe('keys', () => {
  it('are encrypted in a file that only the person may read', () => {
    const folder = temporaryFolder()
    open(folder, keychain('ring')).keys.set('dashscope', `  ${secret}\n`)
    const file = path.join(folder, 'secrets.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).not.toContain(secret)
    expect(readFileSync(file, 'utf8')).toContain('"backend": "ring"')
    expect(readdirSync(folder)).toEqual(['secrets.json'])
    expect(open(folder, keychain('ring')).keys.get('dashscope')).toBe(secret)
  })

  it('become private again after others got access to the file', () => {
    const folder = temporaryFolder()
    const { keys } = open(folder, keychain('ring'))
    keys.set('dashscope', secret)
    chmodSync(path.join(folder, 'secrets.json'), 0o644)
    keys.set('dashscope', secret)
    expect(statSync(path.join(folder, 'secrets.json')).mode & 0o777).toBe(0o600)
  })

  it('in plain text are marked as such, and any keychain reads them', () => {
    const folder = temporaryFolder()
    const { keys } = open(folder, plainSecretBox)
    expect(keys.store()).toEqual({ backend: 'plain text', encrypted: false })
    keys.set('dashscope', secret)
    expect(open(folder, keychain('ring')).keys.get('dashscope')).toBe(secret)
  })

  it('of the environment have priority over stored ones', () => {
    const folder = temporaryFolder()
    open(folder, plainSecretBox).keys.set('dashscope', secret)
    const { keys } = open(folder, plainSecretBox, { DASHSCOPE_API_KEY: ' sk-env \n' })
    expect(keys.get('dashscope')).toBe('sk-env')
    expect(keys.source('dashscope')).toBe('environment')
  })

  it.each([{}, { DASHSCOPE_API_KEY: '' }, { DASHSCOPE_API_KEY: '  ' }])(
    'are missing with %j',
    (env) => {
      const { keys } = open(temporaryFolder(), plainSecretBox, env)
      expect(keys.get('dashscope')).toBeNull()
      expect(keys.source('dashscope')).toBe('none')
      expect(keys.source('sandbox')).toBe('not-needed')
    },
  )

  it.each([
    ['another keychain', keychain('other')],
    ['no keychain at all', plainSecretBox],
  ])(
    'that %s cannot decrypt count as missing, with one notice and no key in the log',
    (_name, box) => {
      const folder = temporaryFolder()
      open(folder, keychain('ring')).keys.set('dashscope', secret)
      const { keys, notices, logged } = open(folder, box)
      expect(keys.get('dashscope')).toBeNull()
      expect(keys.source('dashscope')).toBe('none')
      expect(notices).toEqual([
        { key: 'notice.key_unreadable', values: { provider: 'dashscope', backend: 'ring' } },
      ])
      expect(JSON.stringify(logged)).not.toContain(secret)
    },
  )

  it('are removed when cleared, also for another process', () => {
    const folder = temporaryFolder()
    const window = open(folder, plainSecretBox).keys
    const terminal = open(folder, plainSecretBox).keys
    let changes = 0
    window.onChange(() => changes++)
    window.set('dashscope', secret)
    expect(terminal.source('dashscope')).toBe('stored')
    window.clear('dashscope')
    expect(terminal.source('dashscope')).toBe('none')
    expect(changes).toBe(2)
  })

  it('in a damaged file are kept under another name, with a notice', () => {
    const folder = temporaryFolder()
    writeFileSync(path.join(folder, 'secrets.json'), '{"version":1,"keys":{"dashscope":{}}}')
    const { keys, notices } = open(folder, plainSecretBox)
    expect(keys.get('dashscope')).toBeNull()
    expect(notices[0]?.key).toBe('notice.keys_set_aside')
    expect(readdirSync(folder)).toHaveLength(2)
  })
})

describe('the default provider', () => {
  it.each<[KeySource, ProviderId]>([
    ['none', 'sandbox'],
    ['stored', 'dashscope'],
    ['environment', 'dashscope'],
  ])('with a key from %s is %s', (source, expected) => {
    const sourceOf = (id: ProviderId): KeySource => (id === 'sandbox' ? 'not-needed' : source)
    expect(defaultProvider(['sandbox', 'dashscope'], sourceOf)).toBe(expected)
  })
})
