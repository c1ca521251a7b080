import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { forgetOldFiles, keptFor, markUsed } from '../../main/files/forget-old'
import { temporaryFolder } from '../support/temporary-folder'

describe('cached files', () => {
  it('are removed a month after their last use', async () => {
    const folder = temporaryFolder()
    mkdirSync(path.join(folder, 'subfolder'))
    const now = Date.now()
    const old = new Date(now - keptFor - 1_000)
    for (const name of ['old.mp4', 'used.mp4', 'subfolder', 'young.mp4']) {
      const file = path.join(folder, name)
      if (name !== 'subfolder') writeFileSync(file, name)
      if (name !== 'young.mp4') utimesSync(file, old, old)
    }
    await markUsed(path.join(folder, 'used.mp4'), path.join(folder, 'missing.mp4'))
    expect(await forgetOldFiles(folder, now)).toBe(1)
    expect(readdirSync(folder)).toEqual(['subfolder', 'used.mp4', 'young.mp4'])
  })
})
