import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startUnseen } from '../support/command'
import { temporaryFolder } from '../support/temporary-folder'

// On other systems the message is a dialog, which waits for a click.
describe.runIf(process.platform === 'linux')('a home that cannot be made', () => {
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
})
