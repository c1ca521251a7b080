import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import {
  type FoundSidecar,
  findSidecars,
  parseSidecar,
  reserveName,
} from '../../main/library/sidecar'
import { temporaryFolder } from '../support/temporary-folder'

const old = path.resolve(import.meta.dirname, '../fixtures/home-0.1.0/library')
const text = readFileSync(
  path.join(old, '2026-11-21 a snowy street at night (beach).reshoot.json'),
  'utf8',
)
const made = parseSidecar(text)
if (!made) throw new Error('the sidecar of version 0.1.0 cannot be read')

const foundIn = async (folder: string) => {
  const found: FoundSidecar[] = []
  for await (const each of findSidecars(folder)) found.push(each)
  return found
}

it('a sidecar of version 1 is read as one of version 2', () => {
  expect(made).toMatchObject({
    version: 2,
    mode: 'edit',
    setId: made.jobId,
    files: [
      { role: 'clip', name: 'beach.mp4', selection: { start: 2, end: 5 } },
      { role: 'reference-image', name: 'jacket.png', selection: null },
      { role: 'reference-image', name: 'hat.png', selection: null },
    ],
  })
  expect(parseSidecar(JSON.stringify(made))).toEqual(made)
})

it.each<[string, string]>([
  ['half of one', text.slice(0, 500)],
  ["another program's", '{"format":"other"}'],
  ['one of a later version', text.replace('"version": 1', '"version": 3')],
  ['one whose files have no names', JSON.stringify({ ...made, files: [{ role: 'clip' }] })],
])('%s is no sidecar', (_, content) => {
  expect(parseSidecar(content)).toBeNull()
})

it('a name that another process has reserved stays its own', async () => {
  const folder = temporaryFolder()
  writeFileSync(path.join(folder, 'a.reshoot.json'), 'reserved')
  const found = await reserveName(folder, 'a', made)
  expect(found).toMatchObject({ video: path.join(folder, 'a 2.mp4'), made: { video: 'a 2.mp4' } })
  expect(readFileSync(path.join(folder, 'a.reshoot.json'), 'utf8')).toBe('reserved')
  expect(parseSidecar(readFileSync(found.file, 'utf8'))).toEqual(found.made)
  await expect(reserveName(path.join(folder, 'none'), 'a', made)).rejects.toThrow('ENOENT')
})

it('sidecars are found by their ending, up to a megabyte', async () => {
  const folder = temporaryFolder()
  const write = (name: string, content: string) => writeFileSync(path.join(folder, name), content)
  write('largest.reshoot.json', text.padEnd(1024 * 1024))
  write('larger.reshoot.json', text.padEnd(1024 * 1024 + 1))
  write('backup.json', text)
  mkdirSync(path.join(folder, 'folder.reshoot.json'))
  const found = await foundIn(folder)
  expect(found.map(({ file }) => path.basename(file))).toEqual(['largest.reshoot.json'])
})

it('a result is the file that its sidecar names, or else the one beside it', async () => {
  const folder = temporaryFolder()
  const video = async () => {
    const [found] = await foundIn(folder)
    return found && path.basename(found.video)
  }
  writeFileSync(path.join(folder, 'b.reshoot.json'), JSON.stringify({ ...made, video: 'a.mp4' }))
  expect(await video()).toBe('a.mp4')
  writeFileSync(path.join(folder, 'b.mp4'), '')
  expect(await video()).toBe('b.mp4')
  writeFileSync(path.join(folder, 'a.mp4'), '')
  expect(await video()).toBe('a.mp4')
})
