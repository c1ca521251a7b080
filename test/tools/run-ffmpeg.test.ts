import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MediaError } from '../../main/tools/media-error'
import { commandLine } from '../../main/tools/quote'
import { runFfmpeg, secondsOfMark } from '../../main/tools/run-ffmpeg'
import { runTool } from '../../main/tools/run-tool'
import { bundledFfmpeg, unpackedPath } from '../../main/tools/tool-paths'
import { say } from '../../preload/contract/language'
import { isRunning } from '../support/is-running'
import { asModule, asNode, imported, withSources } from '../support/sources-in-node'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reshoot-run-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const endless = {
  inputs: [{ file: 'testsrc=s=64x64:r=5', options: ['-re', '-f', 'lavfi'] }],
  options: ['-c:v', 'libx264', '-f', 'mp4'],
}

/** The ids of the processes of ffmpeg that write this file, from Linux's list of processes. */
const runningFfmpegs = (output: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const [program = '', ...args] = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0')
        return program.endsWith('ffmpeg') && args.includes(output)
      } catch {
        return false // It has ended meanwhile.
      }
    })
    .map(Number)

describe('ffmpeg', () => {
  const runOf = (timeout: number) => ({
    ...endless,
    output: join(folder, 'endless.mp4'),
    seconds: 10,
    name: 'clip.mov',
    timeout,
  })

  test('is stopped after its time limit', async () => {
    await expect(runFfmpeg(bundledFfmpeg(), runOf(300))).rejects.toMatchObject({
      text: { key: 'media.timeout' },
    })
  })

  test.runIf(process.platform === 'linux')('is ended although it stands still', async () => {
    const run = { ...runOf(3000), output: join(folder, 'still.mp4') }
    const stopped = new Set<number>()
    const onProgress = () => {
      for (const pid of runningFfmpegs(run.output)) {
        stopped.add(pid)
        process.kill(pid, 'SIGSTOP')
      }
    }
    await expect(runFfmpeg(bundledFfmpeg(), run, { onProgress })).rejects.toMatchObject({
      text: { key: 'media.timeout' },
    })
    expect(stopped.size).toBeGreaterThan(0)
    expect([...stopped].filter(isRunning)).toEqual([])
  })

  test('is stopped when it is aborted', async () => {
    const stopping = new AbortController()
    const work = { signal: stopping.signal, onProgress: () => stopping.abort() }
    await expect(runFfmpeg(bundledFfmpeg(), runOf(60_000), work)).rejects.toMatchObject({
      name: 'AbortError',
    })
  })

  test('is not started if it was aborted before', async () => {
    await expect(
      runFfmpeg('/nowhere', runOf(1000), { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('gives a message if it is no executable', async () => {
    await expect(runFfmpeg(folder, runOf(1000))).rejects.toMatchObject({
      text: { key: 'media.tool-missing' },
    })
  })

  test.each<[string, Partial<Parameters<typeof runFfmpeg>[1]>, string, string]>([
    ['unread', { inputs: [{ file: '/nowhere/nothing.mp4' }] }, 'could not be read', 'No such file'],
    ['damaged', { inputs: [{ file: import.meta.filename }] }, 'is damaged', 'Invalid data'],
    ['lacking', { options: ['-c:v', 'none', '-f', 'null'] }, 'lacks a part', 'Unknown encoder'],
  ])(
    'says in our words why it failed, with its own lines apart: %s',
    async (why, change, words, own) => {
      const failing = runFfmpeg(bundledFfmpeg(), { ...runOf(10_000), ...change })
      const error = await failing.catch((thrown: unknown) => thrown)
      if (!(error instanceof MediaError)) throw error
      expect(error.text).toEqual({
        key: `media.failed-${why}`,
        values: { name: 'clip.mov', tool: expect.stringContaining(own) },
      })
      expect(say(error.text, 'en')).toContain(words)
      expect(say(error.text, 'en')).not.toContain(own)
    },
  )
})

describe.skipIf(process.platform !== 'linux')(
  'Ctrl-C, which a terminal sends to the process group,',
  () => {
    const groupIn = (stat: string): string => stat.split(') ')[1]?.split(' ')[2] ?? ''
    const ours = groupIn(readFileSync('/proc/self/stat', 'utf8'))

    test('reaches no tool', async () => {
      const { stdout } = await runTool('/bin/cat', ['/proc/self/stat'], { timeout: 100_000 })
      expect(groupIn(String(stdout))).toMatch(/^\d+$/)
      expect(groupIn(String(stdout))).not.toBe(ours)
    })

    test('reaches no ffmpeg', async () => {
      const script = join(folder, 'ffmpeg.sh')
      const output = join(folder, 'stat')
      writeFileSync(script, `#!/bin/sh\ncat /proc/self/stat > '${output}'\n`, { mode: 0o755 })
      const run = { inputs: [], options: [], output, seconds: null, name: 'clip', timeout: 100_000 }
      await runFfmpeg(script, run)
      expect(groupIn(readFileSync(output, 'utf8'))).not.toBe(ours)
    })
  },
)

describe.skipIf(process.platform === 'win32')('a child', () => {
  /** Starts a process with a child that sleeps; gives both, and the other processes that it started. */
  const startParent = async (call: string) => {
    const source = `
      import { spawn } from 'node:child_process'
      const { endWithParent } = ${imported('processes')}
      const child = spawn('sleep', ['600'], { stdio: 'ignore' })
      ${call}
      process.stdout.write(String(child.pid))
      setInterval(() => {}, 1000)
    `
    const parent = spawn(process.execPath, [...asModule, withSources(source)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: asNode,
    })
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.once('data', (data) => resolve(Number(data))),
    )
    const others = execFileSync('ps', ['-A', '-o', 'ppid=,pid='], { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number))
      .flatMap(([of, other]) => (of === parent.pid && other && other !== pid ? [other] : []))
    expect(isRunning(pid)).toBe(true)
    return { parent, pid, others }
  }

  test('ends when its parent is killed', async () => {
    const { parent, pid } = await startParent('endWithParent(child.pid)')
    parent.kill('SIGKILL')
    await expect.poll(() => isRunning(pid)).toBe(false)
  })

  test('that is a tool ends too', async () => {
    const file = join(folder, 'pid')
    const tool = ['-c', `echo $$ > '${file}'; exec sleep 600`]
    const source = `
      const { runTool } = ${imported('run-tool')}
      void runTool('/bin/sh', ${JSON.stringify(tool)}, { timeout: 1e9 })
      process.stdout.write('guarded')`
    const parent = spawn(process.execPath, [...asModule, withSources(source)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: asNode,
    })
    await once(parent.stdout, 'data')
    const numberIn = () => Number(readFileSync(file, { encoding: 'utf8', flag: 'a+' }))
    await expect.poll(numberIn).toBeGreaterThan(0)
    expect(isRunning(numberIn())).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(() => isRunning(numberIn())).toBe(false)
  })

  test('is let go when the guard is called off', async () => {
    const { parent, pid, others } = await startParent('endWithParent(child.pid)()')
    expect(others).toHaveLength(1)
    parent.kill('SIGKILL')
    // The guard has done what it does at the end of its parent.
    await expect.poll(() => others.some(isRunning)).toBe(false)
    expect(isRunning(pid)).toBe(true)
    process.kill(pid)
  })
})

describe('a tool', () => {
  /** A tool gets a bare environment, so this one sets its own variable. */
  const tool = '/usr/bin/env'
  const node = (source: string) => ['ELECTRON_RUN_AS_NODE=1', process.execPath, '-e', source]

  test('is stopped when it writes too much', async () => {
    const run = await runTool(
      tool,
      node("setInterval(() => process.stdout.write('x'.repeat(65536)), 0)"),
      {
        timeout: 100_000,
        maxOutput: 1 << 20,
      },
    )
    expect(run.ended).toBe('too-much')
    expect(run.stdout.length).toBeLessThanOrEqual(1 << 20)
  })

  test('keeps only the end of its errors', async () => {
    const run = await runTool(
      tool,
      node("for (let i = 0; i < 20000; i++) console.error('line ' + i)"),
      { timeout: 100_000 },
    )
    expect(run.stderr.length).toBeLessThanOrEqual(8 * 1024)
    expect(run.stderr.trimEnd().endsWith('line 19999')).toBe(true)
  })

  test('is stopped after its time limit', async () => {
    expect(
      await runTool(tool, node('setInterval(() => {}, 1000)'), { timeout: 300 }),
    ).toMatchObject({ ended: 'timeout' })
  })
})

test.each([
  [['-i', 'a.mp4'], 'ffmpeg -i a.mp4'],
  [['file:my clip.mp4'], "ffmpeg 'file:my clip.mp4'"],
  [["it's"], "ffmpeg 'it'\\''s'"],
  [['$(rm -rf)', '`id`', ''], "ffmpeg '$(rm -rf)' '`id`' ''"],
])('%j is quoted for a shell', (args, line) => {
  expect(commandLine(['ffmpeg', ...args])).toBe(line)
})

test.each([
  ['00:00:01.50', 1.5],
  ['01:02:03.00', 3723],
  ['-00:00:00.02', 0],
  ['N/A', 0],
])('the time %s is %d seconds', (mark, seconds) => {
  expect(secondsOfMark(mark)).toBe(seconds)
})

test('executables are beside the archive of a packaged app', () => {
  const inside = join('/opt', 'Reshoot', 'resources', 'app.asar', 'node_modules', 'ffprobe')
  expect(unpackedPath(inside)).toBe(
    join('/opt', 'Reshoot', 'resources', 'app.asar.unpacked', 'node_modules', 'ffprobe'),
  )
  expect(unpackedPath(join('/home', 'me', 'ffprobe'))).toBe(join('/home', 'me', 'ffprobe'))
})
