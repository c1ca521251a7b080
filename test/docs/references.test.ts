import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const folders = ['main', 'preload', 'renderer', 'scripts', 'test', 'docs', 'resources', '.ci']
const skipped = new Set(['node_modules', 'out', 'dist', 'coverage'])

/** Paths of all files and folders of the repository, with forward slashes. */
const repository = (): string[] => {
  const top = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile())
  const below = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      path.posix.join(folder, name.replaceAll('\\', '/')),
    ),
  )
  return [...top.map(({ name }) => name), ...folders, ...below].filter(
    (name) => !name.split('/').some((part) => skipped.has(part)),
  )
}

interface Reference {
  /** As it is written. */
  target: string
  anchor: string | undefined
  line: number
}

const isMarkdown = (file: string) => file.endsWith('.md')

/** The part of a line of code that is comment; '' without one. */
const commentIn = (line: string): string =>
  /^\s*(?:\/\/|\/?\*+)(.*)$/.exec(line)?.[1] ?? /\s\/\/\s(.*)$/.exec(line)?.[1] ?? ''

const sourceName = /^[^<>{}*$…=]+\.(?:ts|tsx|mjs|cjs|md)(?:#[\w-]+)?$/
const folderName = /^(?:main|preload|renderer|scripts|test|docs|resources)\/[\w./-]+$/

/** Words of a text that look like a file or folder of this repository. */
const mentionsIn = (text: string): string[] =>
  text
    .split(/[\s`'"“”()[\],;|]+/)
    .map((word) => word.replace(/[.:!?]+$/, ''))
    .filter((word) => !word.includes('://') && !/^\.\w+$/.test(word))
    .filter((word) => sourceName.test(word) || folderName.test(word))

const linksIn = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) =>
    /^[a-z]+:/.test(target) ? [] : [target],
  )

/** Every mention of a file in a Markdown text, or in the comments of a source. */
const referencesIn = (file: string, text: string): Reference[] =>
  text.split('\n').flatMap((content, index) => {
    const words = isMarkdown(file)
      ? [...linksIn(content), ...mentionsIn(content.replace(/\]\([^)]*\)/g, ']'))]
      : mentionsIn(commentIn(content))
    return words.map((word) => {
      const [target = '', anchor] = word.split('#')
      return { target, anchor, line: index + 1 }
    })
  })

/** The anchors of a Markdown text's headings. */
const anchorsIn = (text: string): string[] =>
  [...text.matchAll(/^#+\s+(.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replace(/\s/g, '-'),
  )

/** These describe the tree, where names stand below their folder. */
const maps = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/files.md']

/** The path that a reference means; undefined if there is none. */
const resolved = (file: string, target: string, known: ReadonlySet<string>): string | undefined => {
  if (target === '') return file
  const beside = path.posix.join(path.posix.dirname(file), target)
  const exact = [target, beside, `${target}.ts`, `${target}.tsx`]
    .map((name) => name.replace(/\/$/, ''))
    .find((name) => known.has(name))
  return (
    exact ??
    (maps.includes(file) ? [...known].find((name) => name.endsWith(`/${target}`)) : undefined)
  )
}

/** One line for each reference that leads nowhere. */
const brokenReferences = (
  texts: ReadonlyMap<string, string>,
  paths: readonly string[],
): string[] => {
  const known = new Set(paths)
  return [...texts].flatMap(([file, text]) =>
    referencesIn(file, text).flatMap(({ target, anchor, line }) => {
      const found = resolved(file, target, known)
      if (found === undefined) return [`${file}:${line}: ${target}`]
      const isMissing = anchor !== undefined && !anchorsIn(texts.get(found) ?? '').includes(anchor)
      return isMissing ? [`${file}:${line}: ${target}#${anchor}`] : []
    }),
  )
}

test('every reference to a file or heading, in comments and documents, leads somewhere', () => {
  const paths = repository()
  const own = path.relative(root, import.meta.filename).replaceAll('\\', '/')
  const texts = new Map(
    paths
      .filter((name) => /\.(ts|tsx|mjs|cjs|md)$/.test(name) && name !== own)
      .map((name) => [name, readFileSync(path.join(root, name), 'utf8')]),
  )
  expect(brokenReferences(texts, paths)).toEqual([])
})

test.each<[string, string, string[]]>([
  ['docs/a.md', 'see [b](b.md), [c](../c.md#a-heading) and [far](https://x.example/d.md)', []],
  ['docs/a.md', 'see [gone](gone.md)', ['docs/a.md:1: gone.md']],
  ['docs/a.md', '\nsee [c](../c.md#another)', ['docs/a.md:2: ../c.md#another']],
  ['c.md', '[here](#a-heading) [there](#there)', ['c.md:1: #there']],
  ['docs/a.md', '`main/x.ts`, `main/gone.ts`.', ['docs/a.md:1: main/gone.ts']],
  ['docs/a.md', 'in `main/`, `main/room` and main/<name>.ts', []],
  ['docs/a.md', 'in `main/gone`', ['docs/a.md:1: main/gone']],
  ['ARCHITECTURE.md', '  x.ts   the entry\n  y.ts   gone', ['ARCHITECTURE.md:2: y.ts']],
  ['main/x.ts', '/** See docs/b.md#b. */\n// docs/z.md', ['main/x.ts:2: docs/z.md']],
  ['main/x.ts', 'const y = 1 // y.ts', ['main/x.ts:1: y.ts']],
  ['main/x.ts', "const name = 'y.ts'\nimport './y.ts'", []],
])('%s: %j', (file, text, expected) => {
  const paths = [
    'ARCHITECTURE.md',
    'c.md',
    'docs/a.md',
    'docs/b.md',
    'main',
    'main/x.ts',
    'main/room',
  ]
  const texts = new Map([
    ['docs/b.md', '# B'],
    ['c.md', '# A heading'],
  ])
  texts.set(file, `${text}${file === 'c.md' ? '\n# A heading' : ''}`)
  expect(brokenReferences(texts, paths)).toEqual(expected)
})
