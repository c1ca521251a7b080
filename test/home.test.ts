import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { isNewHome, makeHome, resolveHome } from '../main/home'
import { runInProcess } from './support/run-cli'
import { temporaryFolder } from './support/temporary-folder'

const user = '/home/ada'

describe('the home', () => {
  it.each([
    ['linux', {}, '/home/ada/.config/Reshoot', '/home/ada/Videos/Reshoot'],
    ['linux', { XDG_CONFIG_HOME: '/conf' }, '/conf/Reshoot', '/home/ada/Videos/Reshoot'],
    [
      'linux',
      { XDG_CONFIG_HOME: 'relative' },
      '/home/ada/.config/Reshoot',
      '/home/ada/Videos/Reshoot',
    ],
    ['darwin', {}, '/home/ada/Library/Application Support/Reshoot', '/home/ada/Movies/Reshoot'],
    ['win32', { APPDATA: '/roaming' }, '/roaming/Reshoot', '/home/ada/Videos/Reshoot'],
  ] as const)('on %s with %j is in the usual place', (platform, env, folder, libraryFolder) => {
    const home = resolveHome({ env, platform, userFolder: user })
    expect(home.folder).toBe(folder)
    expect(home.libraryFolder).toBe(libraryFolder)
  })

  it('that was chosen holds everything, also the library', () => {
    const env = { RESHOOT_HOME: '/from-env' }
    expect(resolveHome({ env }).libraryFolder).toBe('/from-env/library')
    expect(resolveHome({ env, home: '/from-option' }).folder).toBe('/from-option')
    expect(resolveHome({ env, home: '/from-option' }).database).toBe('/from-option/reshoot.db')
  })

  it.each([
    ['XDG_VIDEOS_DIR="$HOME/Filme"', '/Filme/Reshoot'],
    ['# nothing here', '/Videos/Reshoot'],
    ['XDG_VIDEOS_DIR="$HOME/"', '/Videos/Reshoot'],
  ])('uses the folder names of the desktop: %s', (line, expected) => {
    const own = temporaryFolder()
    mkdirSync(path.join(own, '.config'))
    writeFileSync(path.join(own, '.config', 'user-dirs.dirs'), `${line}\n`)
    const home = resolveHome({ env: {}, platform: 'linux', userFolder: own })
    expect(home.libraryFolder).toBe(own + expected)
  })

  it('has folders that only the user can enter', () => {
    const home = resolveHome({ env: {}, home: path.join(temporaryFolder(), 'home') })
    makeHome(home)
    for (const folder of [home.folder, home.prepared, home.sent])
      expect(statSync(folder).mode & 0o777).toBe(0o700)
  })
})

describe.skipIf(process.platform === 'win32')('a home that existed before', () => {
  it('is closed to other users, with the files that hold state', () => {
    const folder = temporaryFolder()
    chmodSync(folder, 0o755)
    const home = resolveHome({ env: {}, home: folder })
    mkdirSync(home.sent, { mode: 0o755 })
    for (const file of [home.database, home.settings, home.secrets])
      writeFileSync(file, '', { mode: 0o644 })
    makeHome(home)
    for (const each of [home.folder, home.sent]) expect(statSync(each).mode & 0o777).toBe(0o700)
    for (const file of [home.database, home.settings, home.secrets])
      expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('is left as it is where everybody may write', () => {
    const shared = temporaryFolder()
    chmodSync(shared, 0o1777)
    makeHome(resolveHome({ env: {}, home: shared }))
    expect(statSync(shared).mode & 0o7777).toBe(0o1777)
  })
})

describe('a home that cannot be made', () => {
  it.each(['/proc/nope', path.join(import.meta.filename, 'inside')])(
    '%s is an error, not a hang',
    (folder) => {
      expect(() => makeHome(resolveHome({ env: {}, home: folder }))).toThrow(/E[A-Z]+/)
    },
  )
})

describe('a new home', () => {
  const at = (folder: string) => resolveHome({ home: folder, env: {} })

  it('is one that is not there, or that has only its folders', () => {
    const home = at(path.join(temporaryFolder(), 'home'))
    expect(isNewHome(home)).toBe(true)
    makeHome(home)
    expect(isNewHome(home)).toBe(true)
  })

  it.each(['reshoot.db', 'settings.json', 'secrets.json'])('is none with %s', (name) => {
    const folder = temporaryFolder()
    writeFileSync(path.join(folder, name), '')
    expect(isNewHome(at(folder))).toBe(false)
  })

  it('is none after a command that keeps something', async () => {
    const folder = temporaryFolder()
    await runInProcess(['--home', folder, 'jobs'])
    expect(isNewHome(at(folder))).toBe(false)
  })
})
