import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startCli } from '../support/cli-process'
import { makeClip } from '../support/make-media'
import { temporaryFolder } from '../support/temporary-folder'

/** What may be in the place of a file. */
const intruders: [string, (file: string) => void][] = [
  ['a pipe', (file) => execFileSync('mkfifo', [file])],
  ['a folder', (file) => mkdirSync(path.join(file, 'inside'), { recursive: true })],
  ['a link that leads round in circles', (file) => symlinkSync(path.basename(file), file)],
  ['an endless device', (file) => symlinkSync('/dev/zero', file)],
  ['random bytes', (file) => writeFileSync(file, randomBytes(100_000))],
  [
    'a gigabyte of nothing',
    (file) => {
      writeFileSync(file, '')
      truncateSync(file, 2 ** 30)
    },
  ],
]

/** Every file that a command reads or writes before it does anything, except the database. */
const files = ['settings.json', 'secrets.json', 'tools.json', 'facts.jsonl', 'logs/cli.log']

/** Runs a command that must end; a hang ends it with the code null. */
const run = async (argv: readonly string[]) => {
  const cli = await startCli(argv)
  const hang = setTimeout(() => cli.child.kill('SIGKILL'), 100_000)
  onTestFinished(() => clearTimeout(hang))
  return { code: await cli.ended, stdout: cli.stdout(), stderr: cli.stderr() }
}

test.skipIf(process.platform === 'win32').each(intruders)(
  'a home whose files are %s stops no command',
  async (_name, place) => {
    const home = temporaryFolder()
    mkdirSync(path.join(home, 'logs'))
    for (const file of files) place(path.join(home, file))
    const checked = await run(['check', '--home', home, await makeClip({ seconds: 4 })])
    expect(checked).toMatchObject({ code: 0, stderr: '' })
    expect(checked.stdout).toMatch(/^pass/)
    const jobs = await run(['jobs', '--home', home])
    expect(jobs.code).toBe(0)
    for (const kept of ['settings', 'secrets']) expect(jobs.stderr).toContain(`${kept}.unreadable-`)
    // What was moved aside is in the way of nothing later.
    writeFileSync(path.join(home, 'settings.json'), 'damaged as well')
    expect(await run(['jobs', '--home', home])).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('settings.unreadable-'),
    })
  },
)
