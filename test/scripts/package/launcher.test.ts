import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { at } from '../../../scripts/setup/project.mjs'
import { temporaryFolder } from '../../support/temporary-folder'

/** Installs the launcher beside a program that prints how it was called, and calls it. */
const call = (words: string[], who = '1000') => {
  const folder = temporaryFolder()
  const app = path.join(folder, 'opt', 'reshoot')
  const link = path.join(folder, 'usr', 'bin', 'reshoot')
  for (const each of [path.join(app, 'bin'), path.dirname(link)])
    mkdirSync(each, { recursive: true })
  const program = (file: string, script: string) =>
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  program(path.join(app, 'reshoot'), 'printf "%s\\n" "$@"')
  // Says who runs the launcher.
  program(path.join(folder, 'id'), `echo ${who}`)
  cpSync(at('scripts', 'package', 'linux', 'reshoot'), path.join(app, 'bin', 'reshoot'))
  symlinkSync('../../opt/reshoot/bin/reshoot', link)
  const env = { PATH: `${folder}:${process.env['PATH']}` }
  const printed = execFileSync(link, words, { encoding: 'utf8', env, stdio: 'pipe' })
  return printed.trim().split('\n')
}

const headless = ['--ozone-platform=headless', '--disable-gpu', '--log-level=3']

it.each([
  [['check', 'a clip.mp4']],
  [['--home', '/some/where', 'check', 'clip.mp4']],
  [['--home=/some/where', 'jobs']],
  [['--help']],
  [['--version']],
])('runs the command %j without a window', (words) => {
  expect(call(words)).toEqual([...headless, '--cli', ...words])
})

it.each([
  [['clip.mp4']],
  [['/home/ada/my clip']],
  [['./check']],
  [['--home', 'check']],
  [['--home', '/some/where', '/clips/one.mp4', 'check']],
  [['--remote-debugging-port=0']],
])('opens the window for %j', (words) => {
  expect(call(words)).toEqual(words)
})

it('runs commands for root, and opens no window', () => {
  expect(call(['check', 'clip.mp4'], '0')).toEqual([
    ...headless,
    '--no-sandbox',
    '--cli',
    'check',
    'clip.mp4',
  ])
  expect(() => call(['clip.mp4'], '0')).toThrow('start it as an ordinary user')
})
