import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findUser, lend } from '../../../scripts/test/ordinary-user.mjs'

const passwd = 'root:x:0:0:root:/root:/bin/bash\nanna:x:1001:1002::/home/anna:/bin/sh\nbroken::\n'

it('finds a user and the numbers the system knows them by', () => {
  expect(findUser('anna', passwd)).toEqual({ name: 'anna', uid: 1001, gid: 1002 })
})

it.each(['root', 'nobody-here', 'ann', 'broken'])('refuses %s', (name) => {
  expect(() => findUser(name, passwd)).toThrow(`no ordinary user "${name}"`)
})

it('lends Electron and a home that are within reach', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'lend-'))
  try {
    const dist = join(scratch, 'hidden')
    mkdirSync(join(dist, 'locales'), { recursive: true })
    writeFileSync(join(dist, 'electron'), 'program')
    writeFileSync(join(dist, 'locales', 'en.pak'), 'words')
    const user = { name: 'anna', uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }

    const lent = lend(user, join(dist, 'electron'), scratch)

    expect(lent.executable).toBe(join(scratch, 'electron', 'electron'))
    expect(readFileSync(lent.executable, 'utf8')).toBe('program')
    expect(readFileSync(join(scratch, 'electron', 'locales', 'en.pak'), 'utf8')).toBe('words')
    expect(lent.environment).toMatchObject({ HOME: join(scratch, 'user'), USER: 'anna' })
  } finally {
    rmSync(scratch, { recursive: true })
  }
})
