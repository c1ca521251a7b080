import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { noticeOf, packageFolder, shippedFolders } from '../../../scripts/build/notices.mjs'
import { root } from '../../../scripts/setup/project.mjs'
import { temporaryFolder } from '../../support/temporary-folder'

it.each([
  ['/app/node_modules/zod/v4/index.js', '/app/node_modules/zod'],
  ['/app/node_modules/@aws-sdk/core/dist/index.js?commonjs', '/app/node_modules/@aws-sdk/core'],
  ['\0/app/node_modules/a/node_modules/b/index.js', '/app/node_modules/a/node_modules/b'],
  ['C:\\app\\node_modules\\zod\\index.js', 'C:/app/node_modules/zod'],
  ['/app/main/index.ts', undefined],
])('a module %j belongs to the package in %j', (id, folder) => {
  expect(packageFolder(id)).toBe(folder)
})

const install = (manifest: object, files: Record<string, string> = {}) => {
  const folder = temporaryFolder()
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest))
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text)
  return folder
}
const small = { name: 'small', version: '1.0.0', author: 'Ada Lovelace' }

it('gives the licence that a package brings', () => {
  const folder = install({ ...small, license: 'MIT' }, { 'LICENSE.md': 'Do as you like.' })
  expect(noticeOf(folder, root)).toMatchObject({ license: 'MIT', text: 'Do as you like.' })
})

it('gives the standard text and the author where a package brings none', () => {
  const { text } = noticeOf(install({ ...small, license: 'Apache-2.0' }), root)
  expect(text).toMatch(/^Copyright Ada Lovelace\s+Apache License/)
})

it('adds the texts of the GPL and the LGPL, which packages rarely bring', () => {
  const folder = install({ ...small, license: 'LGPL-3.0-or-later' }, { LICENSE: 'See the LGPL.' })
  const { text } = noticeOf(folder, root)
  expect(text).toContain('See the LGPL.')
  expect(text).toContain('GNU LESSER GENERAL PUBLIC LICENSE')
  expect(text).toContain('TERMS AND CONDITIONS')
})

it('gives the GPL and the sources of ffmpeg and ffprobe, whatever the licence of the package is', () => {
  for (const name of ['ffprobe-static', '@ffmpeg-installer/win32-x64']) {
    const { text } = noticeOf(install({ ...small, name, license: 'MIT' }), root)
    expect(text).toContain('https://ffmpeg.org/releases/ffmpeg-4.0.2.tar.xz')
    expect(text).toContain('GNU GENERAL PUBLIC LICENSE')
  }
  const { text } = noticeOf(install({ ...small, license: 'MIT' }), root)
  expect(text).not.toContain('ffmpeg')
})

it('refuses a package without any licence, so that a build cannot ship it', () => {
  expect(() => noticeOf(install({ ...small, license: 'Unknown' }), root)).toThrow(
    'small 1.0.0 has no licence text (it names Unknown).',
  )
})

it('finds the packages that are shipped beside the bundles, and none for development', () => {
  const names = shippedFolders(root).map((folder) => path.relative(root, folder))
  expect(names).toEqual(
    expect.arrayContaining(['node_modules/sharp', 'node_modules/ffprobe-static']),
  )
  expect(names).not.toContain('node_modules/vitest')
  for (const folder of shippedFolders(root)) expect(noticeOf(folder, root).text).not.toBe('')
})

it('the build lists everything that it bundles', () => {
  const built = (bundle: string): { name: string }[] =>
    JSON.parse(readFileSync(path.join(root, 'out', bundle, 'notices.json'), 'utf8'))
  const names = [...built('main'), ...built('renderer')].map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining([
      'zod',
      'react',
      'undici',
      '@aws-sdk/client-s3',
      'tailwindcss',
      'sharp',
    ]),
  )
})
