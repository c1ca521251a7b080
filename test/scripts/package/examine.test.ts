import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, test } from 'vitest'
import { bundledFfmpeg, bundledFfprobe } from '../../../main/tools/tool-paths'
import {
  forbiddenTools,
  foreignPrograms,
  fusesOf,
  kindOf,
  withoutNotice,
} from '../../../scripts/package/examine.mjs'
import { at } from '../../../scripts/setup/project.mjs'
import { temporaryFolder } from '../../support/temporary-folder'

const bin = at('node_modules', 'ffprobe-static', 'bin')
const start = (...parts: string[]) => readFileSync(path.join(bin, ...parts)).subarray(0, 1024)

test.each([
  [['linux', 'x64', 'ffprobe'], { platform: 'linux', arch: 'x64' }],
  [['linux', 'ia32', 'ffprobe'], { platform: 'linux', arch: 'other' }],
  [['win32', 'x64', 'ffprobe.exe'], { platform: 'win32', arch: 'x64' }],
  [['win32', 'ia32', 'ffprobe.exe'], { platform: 'win32', arch: 'other' }],
  [['darwin', 'x64', 'ffprobe'], { platform: 'darwin', arch: 'x64' }],
  // The package calls it arm64.
  [['darwin', 'arm64', 'ffprobe'], { platform: 'darwin', arch: 'x64' }],
])('%j is a program of %o', (parts, kind) => {
  expect(kindOf(start(...parts))).toEqual(kind)
})

it('takes no other file for a program', () => {
  expect(kindOf(readFileSync(at('resources', 'sample.mp4')))).toBeUndefined()
  expect(
    kindOf(Buffer.from(`MZ${'a text that begins like a program. '.repeat(9)}`)),
  ).toBeUndefined()
  expect(kindOf(Buffer.alloc(3))).toBeUndefined()
})

it('finds programs that cannot run on the target, wherever they are', () => {
  const folder = temporaryFolder()
  mkdirSync(path.join(folder, 'a', 'b'), { recursive: true })
  writeFileSync(path.join(folder, 'tool.exe'), start('win32', 'x64', 'ffprobe.exe'))
  writeFileSync(path.join(folder, 'a', 'b', 'tool'), start('linux', 'x64', 'ffprobe'))
  writeFileSync(path.join(folder, 'a', 'words.txt'), 'words')
  const foreign = (platform: 'win32' | 'linux', arch: 'x64' | 'arm64' = 'x64') =>
    foreignPrograms(folder, { platform, arch }).map((file) => path.basename(file))
  expect(foreign('win32')).toEqual(['tool'])
  expect(foreign('linux')).toEqual(['tool.exe'])
  expect(foreign('linux', 'arm64').toSorted()).toEqual(['tool', 'tool.exe'])
})

it('reads the fuses in an executable', () => {
  const executable = Buffer.concat([
    Buffer.alloc(1000, 'code'),
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, 8]),
    Buffer.from('01000110more code'),
  ])
  expect(fusesOf(executable)).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: false,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: true,
    grantFileProtocolExtraPrivileges: false,
  })
})

it('ships no ffmpeg that may not be redistributed, and none whose sources THIRD-PARTY.md does not name', () => {
  const folder = temporaryFolder()
  const text = readFileSync(at('THIRD-PARTY.md'), 'utf8')
  const put = (name: string, content: string | Buffer) =>
    writeFileSync(path.join(folder, name), content)
  put('ffprobe', readFileSync(path.join(bin, 'linux', 'x64', 'ffprobe')))
  put('ffprobe.exe', readFileSync(path.join(bin, 'win32', 'x64', 'ffprobe.exe')))
  expect(forbiddenTools(folder, text)).toEqual([])
  put('ffprobe.exe', readFileSync(path.join(bin, 'win32', 'ia32', 'ffprobe.exe')))
  put('ffmpeg', 'libavcodec license: nonfree and unredistributable')
  expect(forbiddenTools(folder, text)).toEqual([
    'ffmpeg may not be redistributed',
    expect.stringContaining('THIRD-PARTY.md does not name ffprobe.exe (cc7a6d6b'),
  ])
})

it.runIf(process.arch === 'x64')(
  'THIRD-PARTY.md names the bundled ffmpeg and ffprobe of this computer as they name themselves',
  () => {
    const text = readFileSync(at('THIRD-PARTY.md'), 'utf8')
    for (const tool of [bundledFfmpeg(), bundledFfprobe()]) {
      const said = execFileSync(tool, ['-version'], { encoding: 'utf8' })
      const version = /version (\S+?)(-static|-tessus)? /.exec(said)?.[1]
      const sum = createHash('sha256').update(readFileSync(tool)).digest('hex')
      const row = text.split('\n').find((line) => line.includes(sum))
      expect(row).toContain(`| ${version}`)
    }
  },
)

it('names the packages that would be shipped without a notice', () => {
  const stage = temporaryFolder()
  const write = (file: string, value: unknown) => {
    mkdirSync(path.dirname(path.join(stage, file)), { recursive: true })
    writeFileSync(path.join(stage, file), JSON.stringify(value))
  }
  write('package-lock.json', {
    packages: {
      '': {},
      'node_modules/one': {},
      'node_modules/two': {},
      'node_modules/dev': { dev: true },
    },
  })
  for (const name of ['one', 'two', 'dev'])
    write(`node_modules/${name}/package.json`, { name, version: '1.0.0' })
  const text = 'Permission is hereby granted… '.repeat(9)
  const notice = { name: 'one', version: '1.0.0', license: 'MIT', text }
  write('out/main/notices.json', [notice])
  expect(withoutNotice(stage)).toEqual(['two@1.0.0'])
  write('out/main/notices.json', [notice, { ...notice, name: 'two', text: 'MIT' }])
  expect(withoutNotice(stage)).toEqual(['two@1.0.0'])
  write('out/main/notices.json', [notice, { ...notice, name: 'two' }])
  expect(withoutNotice(stage)).toEqual([])
})
