import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const list = readFileSync(path.join(root, 'docs/files.md'), 'utf8')

/** Every language has the same files, which are listed once. */
const inAnyLanguage = (file: string): string =>
  file.replace(/\/language\/[^/]+\/(?=[^/]+$)/, '/language/<id>/')

/** The files of a folder of the repository, with forward slashes. */
const filesOf = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ parentPath, name }) => path.relative(root, path.join(parentPath, name)))
    .map((file) => inAnyLanguage(file.replaceAll('\\', '/')))

/** The lines of the list, each with the path that its heading and its name give. */
const listed = list.split(/^## /m).flatMap((section) => {
  const [folder = ''] = /(?<=^`)[^`]+/.exec(section) ?? []
  return [...section.matchAll(/^- `([^`]+)`: (.+)$/gm)].map(([line, name = '', about = '']) => ({
    file: `${folder}/${name}`,
    line,
    about,
  }))
})

test('the list of files has each file once, under its folder', () => {
  const there = new Set(['main', 'preload', 'renderer', 'scripts'].flatMap(filesOf))
  expect(listed.map(({ file }) => file).toSorted()).toEqual([...there].toSorted())
})

test('a line of the list is short, and what it names in code is in its file', () => {
  const wrong = listed.flatMap(({ file, line, about }) => {
    const text = readFileSync(path.join(root, file.replace('<id>', 'en')), 'utf8')
    const named = [...about.matchAll(/`([a-z]\w*)`/gi)].map(([, name = '']) => name)
    const missing = named.filter((name) => !text.includes(name))
    return [...missing, ...(line.length > 200 ? ['too long'] : [])].map(
      (what) => `${file}: ${what}`,
    )
  })
  expect(wrong).toEqual([])
})
