import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { link, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { removeStaleTemporaries, throughTemporary } from '../../main/files/temporary-file'
import { temporaryFolder } from '../support/temporary-folder'

const minute = 60_000

/** A folder with the temporary file of a killed run, under its real name. */
const folderWithLeftover = async (name = 'ready.mp4') => {
  const folder = temporaryFolder()
  let left = ''
  const killed = throughTemporary(path.join(folder, name), async (temporary) => {
    left = path.basename(temporary)
    throw new Error('killed')
  })
  await expect(killed).rejects.toThrow('killed')
  writeFileSync(path.join(folder, left), 'half a clip')
  return { folder, left }
}

describe('a file that is written through a temporary one', () => {
  it.each(['ready.mp4', `${'x'.repeat(251)}.mp4`])('is the only one left: %s', async (name) => {
    const folder = temporaryFolder()
    await throughTemporary(path.join(folder, name), (temporary) => writeFile(temporary, 'clip'))
    expect(readdirSync(folder)).toEqual([name])
  })

  it('is the only one left if both are links to the same file', async () => {
    const folder = temporaryFolder()
    const target = path.join(folder, 'ready.mp4')
    writeFileSync(target, 'clip')
    await throughTemporary(target, (temporary) => link(target, temporary))
    expect(readdirSync(folder)).toEqual(['ready.mp4'])
  })
})

describe('temporary files of killed runs', () => {
  it.each(['ready.mp4', 'two.lines.MOV', '夜.part.jpg', '.out.bmp', 'a.json'])(
    'are removed after an hour: %j',
    async (name) => {
      const { folder, left } = await folderWithLeftover(name)
      expect(await removeStaleTemporaries(folder, Date.now() + 61 * minute)).toEqual([left])
      expect(readdirSync(folder)).toEqual([])
    },
  )

  it('stay for an hour, even with the times of an old source', async () => {
    const { folder, left } = await folderWithLeftover()
    utimesSync(path.join(folder, left), 0, 0)
    expect(await removeStaleTemporaries(folder, Date.now() + 59 * minute)).toEqual([])
    expect(readdirSync(folder)).toEqual([left])
  })

  it('are the only files that are removed: no other names, folders or links', async () => {
    const folder = temporaryFolder()
    const others = [
      'ready.mp4',
      '.ready.mp4',
      'ready.0123abcd.part.mp4',
      '.ready.0123abcd.part.txt',
      '.ready.0123abcd.part',
      '.ready.0123abc.part.mp4',
      '.ready.0123wxyz.part.mp4',
      '.reshoot-0123abcd.part',
    ]
    for (const name of others) writeFileSync(path.join(folder, name), 'a person’s own')
    mkdirSync(path.join(folder, '.folder.0123abcd.part.mp4'))
    symlinkSync(path.join(folder, 'ready.mp4'), path.join(folder, '.link.0123abcd.part.mp4'))
    const before = readdirSync(folder)
    expect(await removeStaleTemporaries(folder, Date.now() + 1000 * minute)).toEqual([])
    expect(readdirSync(folder)).toEqual(before)
  })
})
