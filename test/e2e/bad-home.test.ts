import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startUnseen } from '../support/command'
import { temporaryFolder } from '../support/temporary-folder'

// Elsewhere the message is a dialog, which waits for a person.
describe.runIf(process.platform === 'linux')('a home that cannot be kept', () => {
  test('inside of a file is told of', async () => {
    const file = join(temporaryFolder(), 'file')
    await writeFile(file, '')
    const home = join(file, 'home')
    const { code, stderr } = await startUnseen(home)
    expect([code, stderr]).toEqual([1, expect.stringContaining('Reshoot cannot start')])
  })

  test('where the file system takes no new folders is told of', async () => {
    const { code, stderr } = await startUnseen('/proc/reshoot')
    expect([code, stderr]).toEqual([1, expect.stringContaining('/proc/reshoot')])
  })
})
