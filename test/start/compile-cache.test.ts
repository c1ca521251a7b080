import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { keepCompiled } from '../../main/start/compile-cache'
import { temporaryFolder } from '../support/temporary-folder'

describe('what V8 compiled', () => {
  it('is kept inside the home, which is made for the person alone', () => {
    const folder = join(temporaryFolder(), 'home')
    const enable = vi.fn()
    keepCompiled({ folder }, enable)
    expect(enable).toHaveBeenCalledExactlyOnceWith(join(folder, 'session', 'compiled'))
    for (const made of [folder, join(folder, 'session'), join(folder, 'session', 'compiled')])
      expect(statSync(made).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o700)
  })

  it('is not kept in a home that cannot be made', () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    const enable = vi.fn()
    keepCompiled({ folder: join(file, 'home') }, enable)
    // The call that must return: a new folder of /proc is refused as one whose parent is not there.
    if (process.platform === 'linux') keepCompiled({ folder: '/proc/reshoot' }, enable)
    expect(enable).not.toHaveBeenCalled()
  })
})
