import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { errorIdPattern } from '../../preload/contract'
import { startCli } from '../support/cli-process'
import { runInProcess } from '../support/run-cli'
import { temporaryFolder } from '../support/temporary-folder'

const key = 'an-unusual-key-of-evolink'

/** A service that answers, and counts what it was asked with. */
const service = async () => {
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization)
    response.writeHead(401).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const usedHome = async (): Promise<string> => {
  const home = temporaryFolder()
  expect((await runInProcess(['--home', home, 'jobs'])).code).toBe(0)
  return home
}

describe('reshoot diagnostics', () => {
  it('prints versions, tools, providers, disk, database and the last errors', async () => {
    const home = await usedHome()
    const { url, asked } = await service()
    writeFileSync(
      path.join(home, 'logs', 'main.log'),
      `[2026-11-22T01:00:00.000Z] [error] Unexpected error bcdfgh {"path":"${os.homedir()}/our wedding.mp4"}\n`,
    )
    const env = { EVOLINK_API_KEY: key, RESHOOT_EVOLINK_URL: url }
    const { code, stdout } = await runInProcess(['--home', home, 'diagnostics'], { env })
    expect(code).toBe(0)
    for (const fact of [
      /^Versions\n {2}Reshoot \d/m,
      /ffmpeg: \S+ \(bundled\)/,
      /ffprobe: \S+ \(bundled\)/,
      /evolink: key environment; 127\.0\.0\.1:\d+ answers \(HTTP 401\) after \d+ ms, without a proxy/,
      /dashscope: no key; not asked/,
      /data folder: <data>: \d+\.\d GB free, can be written/,
      /^Database\n {2}version \d+, \d+\.\d MB\n {2}check: ok\n {2}jobs: 0/m,
      /error \(main\.log\) Unexpected error bcdfgh/,
    ])
      expect(stdout).toMatch(fact)
    expect(asked).toEqual([undefined])
    expect(stdout).not.toContain(key)
    expect(stdout).not.toContain(home)
    expect(stdout).not.toContain('wedding')
  })

  it('prints JSON, or writes a file', async () => {
    const home = await usedHome()
    const { documents } = await runInProcess(['--home', home, 'diagnostics', '--json'])
    const titled = (title: string) => expect.objectContaining({ title })
    expect(documents()).toEqual([
      { sections: expect.arrayContaining([titled('Tools'), titled('Database')]) },
    ])
    const cwd = temporaryFolder()
    const run = await runInProcess(['--home', home, 'diagnostics', '-o', 'report.txt'], { cwd })
    expect([run.code, run.stdout]).toEqual([0, ''])
    expect(readFileSync(path.join(cwd, 'report.txt'), 'utf8')).toMatch(/^Reshoot report, 20/)
  })

  it('also of a home that no version can open, and of none, which it does not make', async () => {
    const broken = temporaryFolder()
    mkdirSync(path.join(broken, 'settings.json'))
    writeFileSync(path.join(broken, 'reshoot.db'), 'damaged')
    writeFileSync(path.join(broken, 'reshoot.db.broken-2026-11-22T01-00-00'), '')
    const { stdout } = await runInProcess(['--home', broken, 'diagnostics'])
    expect(stdout).toMatch(/^Database\n {2}cannot be told: file is not a database/m)
    expect(stdout).toContain('reshoot.db.broken-2026-11-22T01-00-00')
    const newer = temporaryFolder()
    new DatabaseSync(path.join(newer, 'reshoot.db')).exec('PRAGMA user_version = 99')
    expect((await runInProcess(['--home', newer, 'diagnostics'])).stdout).toContain('version 99')
    const none = path.join(temporaryFolder(), 'none')
    const run = await runInProcess(['--home', none, 'diagnostics'])
    expect(run.stdout).toMatch(/^Database\n {2}none yet/m)
    expect(existsSync(none)).toBe(false)
  })
})

it('an error that nothing has caught ends a command with one sentence and its id in the log', async () => {
  const home = await usedHome()
  const before = path.join(temporaryFolder(), 'bug.mjs')
  writeFileSync(
    before,
    `const timer = setInterval(() => {
      if (process.listenerCount('uncaughtException') === 0) return
      clearInterval(timer)
      throw new Error('a bug')
    }, 1)`,
  )
  const { ended, stderr } = await startCli(['diagnostics'], {
    env: { RESHOOT_HOME: home, LANG: 'en_US.UTF-8' },
    before,
  })
  expect(await ended).toBe(1)
  const [, id = ''] = /^Something went wrong: a bug \(error ([a-z]{6});.*\n$/.exec(stderr()) ?? []
  expect(id).toMatch(errorIdPattern)
  expect(readFileSync(path.join(home, 'logs', 'cli.log'), 'utf8')).toContain(
    `Unexpected error ${id}`,
  )
})
