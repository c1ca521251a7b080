import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test, vi } from 'vitest'
import { askTool } from '../../main/tools/ask-tool'
import { isRunning } from '../support/is-running'
import { temporaryFolder } from '../support/temporary-folder'

/** Milliseconds, for a hang: a slow machine may take long. */
const limit = { timeout: 100_000 }
const patience = { timeout: 100_000 }

/** A tool made of a few lines of shell; `$1` is the argument before the input, `$2` the input. */
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

const asModule = ['--experimental-transform-types', '--input-type=module', '-e']
const asNode = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }

/** A module of main/tools, for a process of its own. */
const imported = (name: string): string => {
  const file = join(import.meta.dirname, '../../main/tools', `${name}.ts`)
  return `await import(${JSON.stringify(pathToFileURL(file).href)})`
}

/** Sources import each other without their extension. */
const withSources = (source: string): string => `
  import { registerHooks } from 'node:module'
  registerHooks({ resolve: (name, context, next) => next(name.replace(/^\\.{1,2}\\/.*$/, '$&.ts'), context) })
  ${source}`

/** The number that a tool wrote; throws until it has. */
const numberIn = (file: string): number => {
  const text = readFileSync(file, 'utf8')
  expect(text).toMatch(/^\d+\n/)
  return Number(text)
}

describe.skipIf(process.platform === 'win32')('a tool that is asked of many files', () => {
  test.each([
    ['a name with  blanks ', 'a name with  blanks '],
    ['quotes', `'"$(exit 3)"' \`id\``],
    ['backslashes', 'a\\nb\\'],
    ['a dash', '-version'],
    ['Chinese', '剪辑 🎬'],
    ['a line break', 'two\nlines'],
    ['control characters', 'a\u0001\u007f\u0088\tb'],
    ['nothing', ''],
  ])('is given %s as it is', async (_, input) => {
    const path = tool(`printf '%s|%s' "$1" "$2"; exit 7`)
    expect(await said(path, input)).toEqual([7, `first|${input}`])
  })

  test('gives each asker its own answer, one after another and side by side', async () => {
    const path = tool(`printf '%s' "$2"`)
    const inputs = Array.from({ length: 40 }, (_, at) => `${at}`.repeat(at * 300))
    const answers = await Promise.all(inputs.map((input) => said(path, input)))
    expect(answers).toEqual(inputs.map((input) => [0, input]))
    for (const input of inputs) expect(await said(path, input)).toEqual([0, input])
  })

  test('is started by the same helper again', async () => {
    const path = tool('printf %s "$PPID"')
    expect(await said(path, 'a')).toEqual(await said(path, 'b'))
  })

  test('that crashes has no exit code, and the next answer is whole', async () => {
    const path = tool(`printf '%s' "$2"; [ "$2" = bad ] && kill -11 $$; exit 0`)
    expect(await said(path, 'bad')).toEqual([null, 'bad'])
    expect(await said(path, 'good')).toEqual([0, 'good'])
  })

  test.each([
    ['has run too long', 'sleep 60', { timeout: 2000 }, 'timeout'],
    ['says too much', 'cat /dev/zero', { ...limit, maxOutput: 100_000 }, 'too-much'],
  ])('that %s is killed, and the next one is not', async (_, lines, options, ended) => {
    const file = join(temporaryFolder(), 'pid')
    const path = tool(`[ "$2" = good ] && exit 0; echo $$ > '${file}'; ${lines}`)
    expect(await askTool(path, ['first'], 'bad', options)).toMatchObject({ code: null, ended })
    // A very slow machine kills the tool before it has written its number.
    if (existsSync(file) && readFileSync(file).length > 0)
      await vi.waitFor(() => expect(isRunning(numberIn(file))).toBe(false), patience)
    expect(await said(path, 'good')).toEqual([0, ''])
  })

  test('that nobody wants any more is killed', async () => {
    const file = join(temporaryFolder(), 'pid')
    const path = tool(`echo $$ > '${file}'; sleep 60`)
    const stop = new AbortController()
    const asked = askTool(path, [], 'x', { ...limit, signal: stop.signal })
    const pid = await vi.waitFor(() => numberIn(file), patience)
    stop.abort()
    await expect(asked).rejects.toThrow(stop.signal.reason)
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), patience)
  })

  test('ends with this process, however that ends', async () => {
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

  test('whose helper is killed by someone else is asked again', async () => {
    const folder = temporaryFolder()
    const path = tool(
      `if [ -e '${folder}/again' ]; then printf done; else touch '${folder}/again'; kill -9 $PPID; fi`,
    )
    expect(await said(path, 'x')).toEqual([0, 'done'])
  })

  test('cannot be started where no file can be opened any more, and that is said', () => {
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

  test('that is not there, or cannot be run, is missing', async () => {
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
