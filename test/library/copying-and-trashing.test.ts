import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { sidecarSuffix } from '../../main/library/sidecar'
import { testId } from '../support/test-id'
import { everything, setUp, spec } from './a-library'

vi.mock('../../main/files/atomic', async (original) => {
  const module = await original<typeof import('../../main/files/atomic')>()
  const copyAtomically: typeof module.copyAtomically = async (from, to) => {
    if (to.endsWith('on a full disk.mp4')) throw Object.assign(new Error(), { code: 'ENOSPC' })
    await module.copyAtomically(from, to)
  }
  return { ...module, copyAtomically }
})

describe('copying and trashing', () => {
  it('copies all or nothing, and replaces an existing file', async () => {
    const { open, finished, root } = await setUp()
    const library = open()
    const entry = await library.save(finished('a'))
    const source = library.pathOf(entry.id) ?? ''
    const target = path.join(root, 'copy.mp4')
    writeFileSync(target, 'old')
    await library.copyTo(entry.id, target)
    expect(readFileSync(target).equals(readFileSync(source))).toBe(true)
    await library.copyTo(entry.id, source)
    expect(readFileSync(source).length).toBeGreaterThan(1_000)
    await expect(library.copyTo(entry.id, path.join(root, 'no', 'x.mp4'))).rejects.toMatchObject({
      text: { key: 'result.copyFailed', values: { code: 'ENOENT' } },
      action: 'choose-folder',
      cause: { code: 'ENOENT' },
    })
    const full = path.join(root, 'on a full disk.mp4')
    await expect(library.copyTo(entry.id, full)).rejects.toMatchObject({
      text: { key: 'result.copyFailed', values: { name: entry.fileName, folder: root } },
      action: 'free-space',
    })
    await expect(library.copyTo('nobody', target)).rejects.toMatchObject({
      name: 'LibraryError',
      text: { key: 'result.notFound' },
      action: 'none',
    })
  })

  it('trashes result and sidecar, and removes the entry', async () => {
    const { open, finished, trashed, folder, root } = await setUp()
    const library = open()
    const [one, two] = [await library.save(finished('a')), await library.save(finished('b'))]
    await library.trash([one.id])
    expect(trashed).toEqual([one.fileName, one.fileName.replace('.mp4', sidecarSuffix)])
    expect(library.list(everything).map((entry) => entry.id)).toEqual([two.id])
    expect(readdirSync(folder())).toHaveLength(2)
    expect(readdirSync(path.join(root, 'sent'))).toEqual([`${testId('b')}.mp4`])
    rmSync(library.pathOf(two.id) ?? '')
    await library.trash([two.id])
    expect(library.list(everything)).toEqual([])
    await expect(library.trash(['nobody'])).rejects.toThrow('result.notFound')
  })

  it('finds the sidecar by the whole name, and does without one', async () => {
    const { open, finished, trashed, warnings } = await setUp()
    const library = open()
    const one = await library.save(finished('a', spec('like a.mp4 of mine')))
    const two = await library.save(finished('b'))
    rmSync((library.pathOf(two.id) ?? '').replace(/\.mp4$/, sidecarSuffix))
    let changes = 0
    library.onChange(() => changes++)
    await library.trash([one.id, two.id])
    expect(trashed).toEqual([
      '2026-11-20 like a.mp4 of mine (beach).mp4',
      '2026-11-20 like a.mp4 of mine (beach).reshoot.json',
      two.fileName,
    ])
    expect([changes, warnings]).toEqual([1, []])
  })

  it.each([
    ['.mp4', 'refuses', 1, []],
    [sidecarSuffix, 'resolves', 0, ['A sidecar could not be moved to the trash']],
  ])('trashing %s without a trash %s', async (ending, _, left, problems) => {
    const trash = async (file: string) => {
      if (file.endsWith(ending)) throw new Error('no trash here')
      rmSync(file)
    }
    const { open, finished, warnings } = await setUp({ trash })
    const library = open()
    const { id, fileName } = await library.save(finished('a'))
    let changes = 0
    library.onChange(() => changes++)
    const trashed = library.trash([id])
    if (left === 0) await trashed
    else
      await expect(trashed).rejects.toMatchObject({
        text: { key: 'result.trashFailed', values: { name: fileName } },
        action: 'none',
        cause: { message: 'no trash here' },
      })
    expect(library.list(everything)).toHaveLength(left)
    expect([warnings, changes]).toEqual([problems, 1])
  })
})
