import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../../main/cli/run-cli'
import { jobOutcome } from '../../../main/cli/words/jobs'
import { sentenceOf, speaker } from '../../../main/cli/words/words'
import { mediaError } from '../../../main/tools/media-error'
import { commandLine, printable } from '../../../main/tools/quote'
import { errorIdPattern } from '../../../preload/contract'
import { aJob } from '../../renderer/a-job'
import { makeClip } from '../../support/make-media'
import { runInProcess } from '../../support/run-cli'
import { temporaryFolder } from '../../support/temporary-folder'

describe('names and messages from elsewhere', () => {
  it('stay on their line without control characters', async () => {
    const name = 'two\nlines \u001b[31m\u202e.mp4'
    const { stdout } = await runInProcess(['check', name], { cwd: temporaryFolder() })
    expect(stdout.split('\n')[0]).toBe('fail  two\\nlines \\u001b[31m\\u202e.mp4')
  })

  it('print what ffmpeg wrote on lines of their own, below our sentence', () => {
    const error = mediaError('failed-damaged', { name: 'a.mp4', tool: 'one\u0007\ntwo' }, 'one')
    expect(sentenceOf(error, speaker('en')).split('\n')).toEqual([
      '“a.mp4” could not be converted: its picture or sound is damaged.',
      '  ffmpeg: one\\u0007',
      '  ffmpeg: two',
    ])
  })

  it('print the provider’s message on a separate line', () => {
    const provider = { code: 'Bad', message: 'no\u0007\nnever', requestId: null, httpStatus: 400 }
    const text = { key: 'failure.moderation_content', values: {} }
    const failure = { kind: 'moderation', text, action: 'change-prompt', provider } as const
    const lines = jobOutcome(aJob({ state: 'failed', failure }), null, speaker('en')).split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain('Bad: no\\u0007\\nnever')
  })
})

describe('a command to copy', () => {
  it.skipIf(process.platform === 'win32')('means the same names to a shell', () => {
    const names = [
      'plain.mp4',
      "it's $HOME.mp4",
      "two\nlines' \\n.mp4",
      'esc\u001b[31m.mp4',
      '夜.mp4',
    ]
    const { stdout } = spawnSync('bash', ['-c', `printf '%s\\0' ${commandLine(names)}`], {
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
      encoding: 'utf8',
    })
    expect(stdout.split('\0').slice(0, -1)).toEqual(names)
    expect(commandLine(names)).toBe(printable(commandLine(names)))
  })
})

describe('refusals', () => {
  it('use the language of Settings', async () => {
    const home = temporaryFolder()
    writeFileSync(path.join(home, 'settings.json'), JSON.stringify({ language: 'zh' }))
    const { code, stderr } = await runInProcess(['--home', home, 'cancel', 'nothing'])
    expect(code).toBe(1)
    expect(stderr).toContain('没有任务')
  })

  it('report a file that does not exist', async () => {
    const { stdout } = await runInProcess(['check', 'nothing.mp4'], { cwd: temporaryFolder() })
    expect(stdout).toContain('The file does not exist')
  })
})

describe('an output that cannot be written', () => {
  it('fails if the disk of stdout is full', async () => {
    const full = Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' })
    const stdout = new Writable({ write: (_chunk, _encoding, done) => done(full) })
    const said: string[] = []
    const stderr = new Writable({
      write: (chunk, _encoding, done) => {
        said.push(String(chunk))
        done()
      },
    })
    const code = await runCli(['--help'], {
      env: { LANG: 'en_US.UTF-8' },
      cwd: temporaryFolder(),
      stdout,
      stderr,
      signal: new AbortController().signal,
    })
    expect(code).toBe(1)
    expect(said.join('')).toContain('The disk is full')
  })

  it('is refused by prepare if it is a folder or a device', async () => {
    const cwd = temporaryFolder()
    copyFileSync(await makeClip({ seconds: 3 }), path.join(cwd, 'clip.mp4'))
    mkdirSync(path.join(cwd, 'folder.mp4'))
    const { code, stderr } = await runInProcess(['prepare', 'clip.mp4', '-o', 'folder.mp4'], {
      cwd,
    })
    expect(code).toBe(1)
    expect(stderr).toContain('not a file')
  })

  it.skipIf(process.getuid?.() === 0)('is refused by its folder, not by the source', async () => {
    const cwd = temporaryFolder()
    copyFileSync(await makeClip({ seconds: 3 }), path.join(cwd, 'clip.mp4'))
    mkdirSync(path.join(cwd, 'closed'), { mode: 0o500 })
    const { code, stderr } = await runInProcess(['prepare', 'clip.mp4', '-o', 'closed/a.mp4'], {
      cwd,
    })
    expect(code).toBe(1)
    expect(stderr).toContain(`No permission to access ${path.join(cwd, 'closed')}.`)
  })

  it('is refused if its name is too long for the disk', async () => {
    const cwd = temporaryFolder()
    copyFileSync(await makeClip({ seconds: 3 }), path.join(cwd, 'clip.mp4'))
    const long = `${'x'.repeat(252)}.mp4`
    const { code, stderr } = await runInProcess(['prepare', 'clip.mp4', '-o', long], { cwd })
    expect(code).toBe(1)
    expect(stderr).toContain('too long')
  })
})

describe('an error that nobody expected', () => {
  const run = (home: string, ...argv: string[]) =>
    runInProcess(['--home', home, 'jobs', ...argv], { ready: Promise.reject(new Error('a bug')) })

  it('is told with the id that the log has it under', async () => {
    const home = temporaryFolder()
    mkdirSync(path.join(home, 'logs'))
    const { code, stderr, documents } = await run(home, '--json')
    const [, id = ''] = /Something went wrong: a bug \(error ([a-z]{6});/.exec(stderr) ?? []
    expect([code, id]).toEqual([1, expect.stringMatching(errorIdPattern)])
    expect(documents()).toMatchObject([{ error: { message: expect.stringContaining(id) } }])
    const log = readFileSync(path.join(home, 'logs', 'cli.log'), 'utf8')
    expect(log).toMatch(new RegExp(`\\[error\\] Unexpected error ${id} .*a bug`))
  })

  it('makes no home for its log', async () => {
    const home = path.join(temporaryFolder(), 'none')
    expect((await run(home)).stderr).toBe('Something went wrong: a bug\n')
    expect(existsSync(home)).toBe(false)
  })
})
