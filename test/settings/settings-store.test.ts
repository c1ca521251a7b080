import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { silentLog } from '../../main/log'
import { localeOf } from '../../main/settings/language'
import { createSettingsStore } from '../../main/settings/settings-store'
import type { ProviderId, Text } from '../../preload/contract'
import { languageOf } from '../../preload/contract/language/languages'
import { temporaryFolder } from '../support/temporary-folder'

const open = (
  folder: string,
  locale = 'en_US.UTF-8',
  provider: ProviderId = 'sandbox',
  now = Date.UTC(2026, 0, 2, 3, 4, 5),
) => {
  const notices: Text[] = []
  const store = createSettingsStore({
    file: path.join(folder, 'settings.json'),
    locale: () => locale,
    defaultProvider: () => provider,
    clock: { now: () => now },
    log: silentLog,
    notice: (text) => notices.push(text),
  })
  onTestFinished(() => store.close())
  return { store, notices }
}

describe('settings', () => {
  it('start with the defaults and write nothing', () => {
    const folder = temporaryFolder()
    const { store } = open(folder)
    expect(store.get()).toMatchObject({ provider: 'sandbox', theme: 'system', notifications: true })
    expect(readdirSync(folder)).toEqual([])
  })

  it('survive a restart, and leave no temporary file', () => {
    const folder = temporaryFolder()
    open(folder).store.set({ theme: 'dark', libraryFolder: '/films' })
    expect(open(folder).store.get()).toMatchObject({ theme: 'dark', libraryFolder: '/films' })
    expect(readdirSync(folder)).toEqual(['settings.json'])
  })

  it('use the default provider until the person chooses one', () => {
    const folder = temporaryFolder()
    open(folder).store.set({ theme: 'dark' })
    expect(open(folder, 'C', 'dashscope').store.get().provider).toBe('dashscope')
    open(folder).store.set({ provider: 'sandbox' })
    expect(open(folder, 'C', 'dashscope').store.get().provider).toBe('sandbox')
  })

  it('include at once what another process wrote, and keep it', () => {
    const folder = temporaryFolder()
    const window = open(folder).store
    const terminal = open(folder).store
    expect(window.get().theme).toBe('system')
    terminal.set({ theme: 'light' })
    expect(window.get().theme).toBe('light')
    window.set({ language: 'zh' })
    expect(terminal.get()).toMatchObject({ theme: 'light', language: 'zh' })
  })

  it('notify listeners of changes by another process', async () => {
    const folder = temporaryFolder()
    const { store } = open(folder)
    const heard: string[] = []
    store.onChange(({ theme }) => heard.push(theme))
    open(folder).store.set({ theme: 'dark' })
    await expect.poll(() => heard).toContain('dark')
  })

  it.each(['{ not json', '[]', '"text"', ''])(
    'keep an unreadable file under another name: %s',
    (content) => {
      const folder = temporaryFolder()
      writeFileSync(path.join(folder, 'settings.json'), content)
      const { store, notices } = open(folder)
      expect(store.get().theme).toBe('system')
      const copy = 'settings.unreadable-2026-01-02T03-04-05.json'
      expect(notices).toEqual([{ key: 'notice.settings_set_aside', values: { file: copy } }])
      const later = open(folder, undefined, undefined, Date.UTC(2027, 0, 1))
      later.store.get()
      expect(later.notices).toEqual(notices)
      expect(readdirSync(folder)).toHaveLength(2)
      expect(readFileSync(path.join(folder, copy), 'utf8')).toBe(content)
    },
  )

  it('give an error, not the defaults, while their file cannot be read', () => {
    const { store } = open(import.meta.filename) // a file, as a disk that is not mounted
    for (const _attempt of [1, 2]) expect(store.get).toThrow('ENOTDIR')
  })

  it('start with the defaults where a folder has their name, move it aside, and say so', () => {
    const folder = temporaryFolder()
    mkdirSync(path.join(folder, 'settings.json', 'inside'), { recursive: true })
    const { store, notices } = open(folder)
    expect(store.get()).toMatchObject({ provider: 'sandbox' })
    store.set({ theme: 'dark' })
    const moved = 'settings.unreadable-2026-01-02T03-04-05.json'
    expect(readdirSync(folder).toSorted()).toEqual(['settings.json', moved])
    expect(notices).toEqual([{ key: 'notice.settings_set_aside', values: { file: moved } }])
    expect(open(folder).store.get().theme).toBe('dark')
  })

  it('keep the valid ones when one is invalid', () => {
    const folder = temporaryFolder()
    const content = JSON.stringify({ theme: 'plaid', language: 'zh', ofALaterVersion: 1 })
    writeFileSync(path.join(folder, 'settings.json'), content)
    const { store, notices } = open(folder)
    expect(store.get()).toMatchObject({ theme: 'system', language: 'zh' })
    expect(notices).toHaveLength(1)
    store.set({ notifications: false })
    expect(readFileSync(path.join(folder, 'settings.json'), 'utf8')).toContain('ofALaterVersion')
  })
})

describe('the language', () => {
  it.each([
    ['zh_CN.UTF-8', 'zh'],
    ['zh-Hans-CN', 'zh'],
    ['zh', 'zh'],
    ['en_GB.UTF-8', 'en'],
    ['de_DE', 'en'],
    ['zhuang', 'en'],
    ['C', 'en'],
    [undefined, 'en'],
  ])('of the locale %s is %s', (locale, expected) => {
    expect(languageOf(locale)).toBe(expected)
  })

  it('follows the environment in POSIX’s order', () => {
    expect(localeOf({ LC_ALL: '', LC_MESSAGES: 'zh_CN', LANG: 'en_US' })).toBe('zh_CN')
    expect(localeOf({ LC_ALL: 'zh_TW', LANG: 'en_US' })).toBe('zh_TW')
  })

  it('in Settings has priority over the computer’s', () => {
    const folder = temporaryFolder()
    const { store } = open(folder, 'zh_CN.UTF-8')
    expect(store.language()).toBe('zh')
    store.set({ language: 'en' })
    expect(store.language()).toBe('en')
  })
})
