import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { walk } from '../../main/catalog/file-walk'
import { temporaryFolder } from '../support/temporary-folder'

const tree = (...files: string[]): string => {
  const folder = temporaryFolder()
  for (const file of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), file)
  }
  return folder
}

describe('dropped files and folders', () => {
  it('become files in the given order; those in folders by name', async () => {
    const folder = tree(
      'shots/clip 10.mp4',
      'shots/clip 2.mp4',
      'shots/deep/er.mov',
      'b.mp4',
      'a.mp4',
    )
    const dropped = ['b.mp4', 'shots', 'a.mp4', 'b.mp4'].map((name) => path.join(folder, name))
    const { files, cut } = await walk(dropped)
    expect(files.map((file) => path.relative(folder, file))).toEqual([
      'b.mp4',
      'shots/clip 2.mp4',
      'shots/clip 10.mp4',
      'shots/deep/er.mov',
      'a.mp4',
    ])
    expect(cut).toBe(false)
  })

  it('leave out hidden and special files in folders', async () => {
    const folder = tree(
      'x/clip.mp4',
      'x/.DS_Store',
      'x/.trash/old.mp4',
      'x/Thumbs.db',
      'elsewhere.mp4',
    )
    execFileSync('mkfifo', [path.join(folder, 'x', 'pipe.mp4')])
    symlinkSync(path.join(folder, 'x'), path.join(folder, 'x', 'loop'))
    symlinkSync(path.join(folder, 'elsewhere.mp4'), path.join(folder, 'x', 'linked.mp4'))
    const { files } = await walk([path.join(folder, 'x')])
    expect(files.map((file) => path.basename(file))).toEqual(['clip.mp4', 'linked.mp4'])
  })

  it('keep every given path, whatever it is', async () => {
    const folder = tree('.hidden.mp4')
    const named = ['.hidden.mp4', 'missing.mp4'].map((name) => path.join(folder, name))
    expect((await walk(named)).files).toEqual(named)
  })

  it('have a limit for number and depth, and report it', async () => {
    const folder = tree('1.mp4', '2.mp4', '3.mp4', 'd/e/f/4.mp4')
    expect(await walk([folder], { files: 2, depth: 9 })).toMatchObject({
      cut: true,
      files: { length: 2 },
    })
    const shallow = await walk([folder], { files: 99, depth: 2 })
    expect(shallow.cut).toBe(true)
    expect(shallow.files).toHaveLength(3)
  })
})
