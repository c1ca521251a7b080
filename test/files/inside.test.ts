import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { findInside, inside, OutsideFolderError } from '../../main/files/inside'

const folder = path.resolve('/home/someone/posters')

describe('a path from data', () => {
  it.each(['a.jpg', 'assets/page.js', '..a', 'a..', '换.mp4', 'a b', '-rf'])('%j stays', (name) => {
    expect(findInside(folder, name)).toBe(path.join(folder, name))
    expect(inside(path.parse(folder).root, name)).toBe(path.resolve(path.parse(folder).root, name))
  })

  it.each([
    '..',
    '.',
    '',
    '/',
    '../a.jpg',
    'a/../../b.jpg',
    'x/../y.jpg',
    '/etc/passwd',
    'a//b',
    'a/',
    'a\0.jpg',
  ])('%j is refused', (name) => {
    expect(findInside(folder, name)).toBeNull()
    expect(() => inside(folder, name)).toThrow(OutsideFolderError)
  })

  it.each(['..\\a', 'a\\..\\..\\b', 'C:\\a', 'C:a', '\\\\server\\a'])(
    '%j is refused on Windows',
    (name) => expect(findInside('C:\\posters', name, path.win32)).toBeNull(),
  )

  it('stays on Windows too', () => {
    expect(findInside('C:\\posters\\', 'a/b.jpg', path.win32)).toBe('C:\\posters\\a\\b.jpg')
  })
})
