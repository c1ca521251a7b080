import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { askTool } from '../../main/tools/ask-tool'
import { isRunning } from '../support/is-running'
import { asModule, asNode, imported, withSources } from '../support/sources-in-node'
import { temporaryFolder } from '../support/temporary-folder'

/** Milliseconds, for a hang: a slow machine may take long. */
const limit = { timeout: 100_000 }
const patience = { timeout: 100_000 }

/** A shell script as a tool; `$1` is the argument before the input, `$2` the input. */
const tool = (lines: string): string => {
  const path = join(temporaryFolder(), 'tool')
  writeFileSync(path, `#!/bin/sh\n${lines}\n`)
  chmodSync(path, 0o755)
  return path
}

const said = async (path: string, input: string) => {
  const run = await askTool(path, ['first'], input, limit)
  return [run.code, run.stdout.toString('utf8')]
}

/** The number that a tool wrote; throws before that. */
const numberIn = (file: string): number => {
  const text = readFileSync(file, 'utf8')
  expect(text).toMatch(/^\d+\n/)
  return Number(text)
}

describe.skipIf(process.platform === 'win32')('a tool that is run on many files', () => {
  test.each([
    ['a name with  blanks ', 'a name with  blanks '],
    ['quotes', `'"$(exit 3)"' \`id\``],
    ['backslashes', 'a\\nb\\'],
    ['a dash', '-version'],
    ['Chinese', '剪辑 🎬'],
    ['a line break', 'two\nlines'],
    ['control characters', 'a\u0001\u007f\u0088\tb'],
    ['nothing', ''],
  ])('receives %s unchanged', async (_, input) => {
    const path = tool(`printf '%s|%s' "$1" "$2"; exit 7`)
    expect(await said(path, input)).toEqual([7, `first|${input}`])
  })

  test('gives each caller its own answer, in sequence and in parallel', async () => {
    const path = tool(`printf '%s' "$2"`)
    const inputs = Array.from({ length: 40 }, (_, at) => `${at}`.repeat(at * 300))
    const answers = await Promise.all(inputs.map((input) => said(path, input)))
    expect(answers).toEqual(inputs.map((input) => [0, input]))
    for (const input of inputs) expect(await said(path, input)).toEqual([0, input])
  })

  test('is started again by the same helper', async () => {
    const path = tool('printf %s "$PPID"')
    expect(await said(path, 'a')).toEqual(await said(path, 'b'))
  })

  test('has no exit code after a crash, and the next answer is complete', async () => {
    const path = tool(`printf '%s' "$2"; [ "$2" = bad ] && kill -11 $$; exit 0`)
    expect(await said(path, 'bad')).toEqual([null, 'bad'])
    expect(await said(path, 'good')).toEqual([0, 'good'])
  })

  test.each([
    ['runs too long', 'sleep 60', { timeout: 3000 }, 'timeout'],
    ['writes too much', 'cat /dev/zero', { ...limit, maxOutput: 100_000 }, 'too-much'],
  ])('is killed when it %s, and the next run is not', async (_, lines, options, ended) => {
    const file = join(temporaryFolder(), 'pid')
    const path = tool(`[ "$2" = good ] && exit 0; echo $$ > '${file}'; ${lines}`)
    expect(await askTool(path, ['first'], 'bad', options)).toMatchObject({ code: null, ended })
    // A very slow machine kills the tool before it has written its number.
    if (existsSync(file) && readFileSync(file).length > 0)
      await vi.waitFor(() => expect(isRunning(numberIn(file))).toBe(false), patience)
    expect(await said(path, 'good')).toEqual([0, ''])
  })

  test('is killed when it is aborted', async () => {
    const file = join(temporaryFolder(), 'pid')
    const path = tool(`echo $$ > '${file}'; sleep 60`)
    const stop = new AbortController()
    const asked = askTool(path, [], 'x', { ...limit, signal: stop.signal })
    const pid = await vi.waitFor(() => numberIn(file), patience)
    stop.abort()
    await expect(asked).rejects.toThrow(stop.signal.reason)
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), patience)
  })

  test('ends with this process, even if that is killed', async () => {
    const file = join(temporaryFolder(), 'pid')
    const path = tool(`echo $$ > '${file}'; sleep 60`)
    const source = `
      const { startToolHelper } = ${imported('tool-helper')}
      startToolHelper(${JSON.stringify(path)}, []).ask('x', () => {})`
    const parent = spawn(process.execPath, [...asModule, withSources(source)], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: asNode,
    })
    const pid = await vi.waitFor(() => numberIn(file), patience)
    parent.kill('SIGKILL')
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), patience)
  })

  test('is run again if its helper was killed from outside', async () => {
    const folder = temporaryFolder()
    const path = tool(
      `if [ -e '${folder}/again' ]; then printf done; else touch '${folder}/again'; kill -9 $PPID; fi`,
    )
    expect(await said(path, 'x')).toEqual([0, 'done'])
  })

  test('gives a MediaError if no more files can be opened', () => {
    const source = `
      import { openSync } from 'node:fs'
      const { askTool } = ${imported('ask-tool')}
      const { runTool } = ${imported('run-tool')}
      try {
        for (;;) openSync('/dev/null')
      } catch {}
      const limit = { timeout: 10000 }
      const asked = await Promise.allSettled([askTool('true', [], 'x', limit), runTool('true', [], limit)])
      console.log(asked.map(({ reason }) => reason?.name).join())`
    const few = ['-c', 'ulimit -n 64; exec "$@"', 'sh', process.execPath]
    const run = spawnSync('/bin/sh', [...few, ...asModule, withSources(source)], {
      env: asNode,
      encoding: 'utf8',
      timeout: 100_000,
    })
    expect(run.stdout).toBe('MediaError,MediaError\n')
  })

  test('gives a MediaError if it is missing or cannot be run', async () => {
    const none = join(temporaryFolder(), 'none')
    await expect(askTool(none, [], 'x', limit)).rejects.toMatchObject({
      name: 'MediaError',
      text: { values: { path: none } },
    })
    const text = join(temporaryFolder(), 'text')
    writeFileSync(text, 'no tool')
    await expect(askTool(text, [], 'x', limit)).rejects.toMatchObject({ name: 'MediaError' })
  })
})
