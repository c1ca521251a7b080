import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSmallFile } from '../../main/files/read'
import { temporaryFolder } from '../support/temporary-folder'

describe('a small file', () => {
  it('is read up to its limit', async () => {
    const file = path.join(temporaryFolder(), 'a')
    writeFileSync(file, 'ten bytes!')
    expect(await readSmallFile(file, 10)).toBe('ten bytes!')
    expect(await readSmallFile(file, 9)).toBeNull()
  })

  it.skipIf(process.platform === 'win32')('is no folder, pipe or device', async () => {
    const folder = temporaryFolder()
    const [inner, pipe] = [path.join(folder, 'folder'), path.join(folder, 'pipe')]
    mkdirSync(inner)
    execFileSync('mkfifo', [pipe])
    for (const file of [inner, pipe, '/dev/zero'])
      expect(await readSmallFile(file, 10_000)).toBeNull()
  })
})
