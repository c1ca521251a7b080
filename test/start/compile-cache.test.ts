import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { keptFor } from '../../main/files/forget-old'
import { resolveHome } from '../../main/home'
import { forgetCompiled, keepCompiled } from '../../main/start/compile-cache'
import { temporaryFolder } from '../support/temporary-folder'

const homeIn = (folder: string) => resolveHome({ env: {}, home: folder })

describe('code that V8 has compiled', () => {
  it('is kept inside the home, in folders that only the user can enter', () => {
    const folder = join(temporaryFolder(), 'home')
    const enable = vi.fn()
    keepCompiled(homeIn(folder), enable)
    expect(enable).toHaveBeenCalledExactlyOnceWith(join(folder, 'session', 'compiled'))
    for (const made of [folder, join(folder, 'session'), join(folder, 'session', 'compiled')])
      expect(statSync(made).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o700)
  })

  it('is not kept in a home that cannot be made', () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    const enable = vi.fn()
    keepCompiled(homeIn(join(file, 'home')), enable)
    // This call must return: /proc refuses a new folder with ENOENT.
    if (process.platform === 'linux') keepCompiled(homeIn('/proc/reshoot'), enable)
    expect(enable).not.toHaveBeenCalled()
  })

  it('is removed when no start has read it for a month, and so is the empty folder of a Node version', async () => {
    const now = Date.now()
    const longAgo = new Date(now - keptFor - 60_000)
    const lately = new Date(now - 60_000)
    const home = homeIn(temporaryFolder())
    const lastRead = {
      'v24-new/used': lately,
      'v24-new/of-an-older-version': longAgo,
      'v22-old/one': longAgo,
    }
    for (const [name, read] of Object.entries(lastRead)) {
      const file = join(home.compiled, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, name)
      utimesSync(file, read, longAgo)
    }
    expect(await forgetCompiled(home, now)).toBe(2)
    const left = readdirSync(home.compiled, { recursive: true }).map(String).sort()
    expect(left).toEqual(['v24-new', join('v24-new', 'used')])
  })

  it('need not exist to be removed', async () => {
    expect(await forgetCompiled(homeIn(temporaryFolder()), Date.now())).toBe(0)
  })
})
