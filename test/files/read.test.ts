import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { moveAside, readSmallFile, setAside } from '../../main/files/read'
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

describe('what is set aside in the same second', () => {
  it('keeps what was set aside before, be it a file or a folder', () => {
    const folder = temporaryFolder()
    const file = path.join(folder, 'settings.json')
    const now = Date.UTC(2026, 0, 2, 3, 4, 5)
    mkdirSync(file)
    const names = [moveAside(file, now)]
    for (const content of ['first', 'second', 'first']) {
      writeFileSync(file, content)
      names.push(setAside(file, now))
    }
    const date = 'settings.unreadable-2026-01-02T03-04-05'
    expect(names).toEqual([`${date}.json`, `${date}-2.json`, `${date}-3.json`, `${date}-2.json`])
    expect(moveAside(file, now)).toBe(`${date}-4.json`)
    expect(readFileSync(path.join(folder, `${date}-3.json`), 'utf8')).toBe('second')
  })
})
