import { describe, expect, it } from 'vitest'
import { resolveHome } from '../../main/home'
import { commandOf, homeOf } from '../../scripts/command-line.mjs'

describe('the command in the arguments', () => {
  it.each([
    [['check', 'a.mp4'], 'check'],
    [['--home', 'edit', 'jobs'], 'jobs'],
    [['--home=x', 'resume'], 'resume'],
    [['--json', 'edit', 'a.mp4'], 'edit'],
    [['--help'], undefined],
    [[], undefined],
  ])('%j is %s', (args, command) => {
    expect(commandOf(args)).toBe(command)
  })
})

describe('the home folder', () => {
  const linux = { environment: {}, platform: 'linux', userHome: '/home/a', cwd: '/clips' }

  it.each([
    ['--home', ['edit', '--home', 'state'], '/clips/state'],
    ['--home=', ['edit', '--home=/x'], '/x'],
    ['the last of two', ['--home', '/x', 'edit', '--home', '/y'], '/y'],
    ['not what follows --', ['edit', '--', '--home', '/x'], '/home/a/.config/Reshoot'],
    ['nothing', ['edit'], '/home/a/.config/Reshoot'],
  ])('%s', (_name, args, home) => {
    expect(homeOf(args, linux)).toBe(home)
  })

  it('RESHOOT_HOME, unless --home says otherwise', () => {
    const where = { ...linux, environment: { RESHOOT_HOME: 'mine' } }
    expect(homeOf(['edit'], where)).toBe('/clips/mine')
    expect(homeOf(['edit', '--home', '/x'], where)).toBe('/x')
  })

  it('is where each platform keeps application data', () => {
    const xdg = { ...linux, environment: { XDG_CONFIG_HOME: '/cfg' } }
    expect(homeOf([], xdg)).toBe('/cfg/Reshoot')
    expect(homeOf([], { ...linux, platform: 'darwin' })).toBe(
      '/home/a/Library/Application Support/Reshoot',
    )
    const windows = { ...linux, platform: 'win32', environment: { APPDATA: 'C:\\Users\\a\\R' } }
    expect(homeOf([], windows)).toBe('C:\\Users\\a\\R\\Reshoot')
  })

  it.each([
    ['linux', {}],
    ['linux', { XDG_CONFIG_HOME: '/cfg' }],
    ['linux', { XDG_CONFIG_HOME: 'relative' }],
    ['linux', { XDG_CONFIG_HOME: '' }],
    ['linux', { RESHOOT_HOME: '/state' }],
    ['darwin', { XDG_CONFIG_HOME: '/cfg' }],
  ] as const)('is the same folder that the app uses on %s with %j', (platform, environment) => {
    const app = resolveHome({ env: environment, platform, userFolder: '/home/a' })
    expect(homeOf(['edit'], { ...linux, platform, environment })).toBe(app.folder)
  })
})
