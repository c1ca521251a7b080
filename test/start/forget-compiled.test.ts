import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { keptFor } from '../../main/files/forget-old'
import { keepCompiled } from '../../main/start/compile-cache'
import { forgetCompiled } from '../../main/start/forget-compiled'
import { temporaryFolder } from '../support/temporary-folder'

const now = Date.now()
const longAgo = new Date(now - keptFor - 60_000)
const lately = new Date(now - 60_000)

/** A folder that V8 was told to keep things in, with files made long ago. */
const filled = (files: Record<string, Date>) => {
  const home = { folder: temporaryFolder() }
  let folder = ''
  keepCompiled(home, (given) => {
    folder = given
  })
  for (const [name, read] of Object.entries(files)) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, name)
    utimesSync(file, read, longAgo)
  }
  return { home, files: () => readdirSync(folder, { recursive: true }).map(String).sort() }
}

describe('what V8 compiled', () => {
  it('goes when no start has read it for long, and with it the folder of a Node that is gone', async () => {
    const { home, files } = filled({
      'v24-new/used': lately,
      'v24-new/of-an-older-version': longAgo,
      'v22-old/one': longAgo,
    })
    expect(await forgetCompiled(home, now)).toBe(2)
    expect(files()).toEqual(['v24-new', path.join('v24-new', 'used')])
  })

  it('is nothing where nothing was kept', async () => {
    expect(await forgetCompiled({ folder: temporaryFolder() }, now)).toBe(0)
  })
})
