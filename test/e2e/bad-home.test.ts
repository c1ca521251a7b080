import { execFileSync } from 'node:child_process'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { launchApp } from '../support/app'
import { startUnseen } from '../support/command'
import { noDisk, smallDisk, withDisk } from '../support/small-disk'
import { temporaryFolder } from '../support/temporary-folder'

// On other systems the message is a dialog, which waits for a click.
describe.runIf(process.platform === 'linux')('a home that cannot be used', () => {
  test('because a file is in its place ends the start with a message', async () => {
    const file = join(temporaryFolder(), 'file')
    await writeFile(file, '')
    const home = join(file, 'home')
    const { code, stderr } = await startUnseen(home)
    expect([code, stderr]).toEqual([1, expect.stringContaining('Reshoot cannot start')])
  })

  test('because the file system refuses folders ends the start with a message', async () => {
    const { code, stderr } = await startUnseen('/proc/reshoot')
    expect([code, stderr]).toEqual([1, expect.stringContaining('/proc/reshoot')])
  })

  test('because a newer version wrote it ends the start with a message', async () => {
    const home = temporaryFolder()
    const newer = new DatabaseSync(join(home, 'reshoot.db'))
    newer.exec('PRAGMA user_version = 99')
    newer.close()
    const { code, stderr } = await startUnseen(home)
    expect([code, stderr]).toEqual([1, expect.stringMatching(/cannot start: .*Update Reshoot/)])
  })

  test.skipIf(noDisk !== null)(
    withDisk('because its disk is full ends the start with a message'),
    async () => {
      const disk = smallDisk()
      disk.fill()
      const { code, stderr } = await startUnseen(disk.folder)
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/cannot start: The disk .* is full/),
      ])
      expect(stderr).not.toMatch(/\n\s+at /)
    },
  )
})

test.skipIf(process.platform === 'win32')(
  'a home whose files are pipes opens its window, and they are moved aside',
  async () => {
    const home = temporaryFolder()
    await mkdir(join(home, 'logs'))
    const files = ['settings.json', 'secrets.json', 'tools.json', 'facts.jsonl', 'window.json']
    for (const file of [...files, 'logs/main.log']) execFileSync('mkfifo', [join(home, file)])
    await using app = await launchApp({ home })
    const settings = await app.page.evaluate(() => window.reshoot.settings.set({ theme: 'dark' }))
    expect(settings).toMatchObject({ ok: true })
    const names = (await readdir(home)).join()
    for (const name of ['settings', 'secrets']) expect(names).toContain(`${name}.unreadable-`)
  },
)
