import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { bareEnvironment } from './environment'
import { endWithParent, ownGroup } from './processes'

/**
 * A small shell that starts a tool again and again, each time with another last argument.
 *
 * Starting a process copies the memory tables of its parent: 3 to 4 ms of the main thread in an app of this size,
 * almost nothing in a shell. With hundreds of files that is a fifth of the whole time.
 */
export interface ToolHelper {
  /**
   * Runs the tool with this last argument, which must not contain a line break, and passes its output to `onOutput`.
   * Resolves with the exit code, with null if a signal ended the tool, and with 'lost' if the helper itself died.
   */
  ask: (input: string, onOutput: (piece: Buffer) => void) => Promise<number | null | 'lost'>
  /** Kills the helper and the tool it is running. */
  kill: () => void
  alive: () => boolean
}

/** After the output of each run it prints a mark that no tool can know, and the exit code. */
const script = `
mark=$1
shift
while IFS= read -r input; do
  "$@" "$input" </dev/null 2>/dev/null
  printf '%s %d\\n' "$mark" "$?"
done`

const markLength = 32

/** No file can hold it by accident or design. Loading `crypto` would take longer than a file does. */
const makeMark = (): string =>
  Array.from({ length: markLength }, () => Math.floor(Math.random() * 36).toString(36)).join('')

/** Most bytes of mark, code and line break. */
const longestEnd = markLength + 1 + 3 + 1

/** For a tool that a signal ended, a shell's exit code is greater than this. */
const signalled = 128

/** Passes the output on without the mark; returns the exit code once the mark has arrived. */
const createReader = (mark: string, onOutput: (piece: Buffer) => void) => {
  let held = Buffer.alloc(0)
  const end = new RegExp(`${mark} (\\d+)\n$`)
  return (piece: Buffer): number | null => {
    held = Buffer.concat([held, piece])
    const found = end.exec(held.toString('latin1', Math.max(0, held.length - longestEnd)))
    const output = held.length - (found?.[0].length ?? longestEnd)
    if (output > 0) {
      onOutput(held.subarray(0, output))
      held = held.subarray(output)
    }
    return found ? Number(found[1]) : null
  }
}

/** Pipes of a child are sockets: `ref` and `unref` decide whether they keep this process running. */
const setRef = (streams: readonly (Readable | Writable)[], method: 'ref' | 'unref') => {
  for (const stream of streams) {
    const change: unknown = Reflect.get(stream, method)
    if (typeof change === 'function') Reflect.apply(change, stream, [])
  }
}

type HelperProcess = ChildProcessByStdio<Writable, Readable, null>

const killGroup = ({ pid }: ChildProcess) => {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}

const createAsk = (child: HelperProcess, mark: string): ToolHelper['ask'] => {
  const keepRunning = (on: boolean) => {
    const method = on ? 'ref' : 'unref'
    child[method]()
    setRef([child.stdin, child.stdout], method)
  }
  keepRunning(false)
  return (input, onOutput) =>
    new Promise((resolve) => {
      const read = createReader(mark, onOutput)
      const done = (outcome: number | null | 'lost') => {
        child.stdout.off('data', onData)
        child.off('close', onClose)
        keepRunning(false)
        resolve(outcome)
      }
      const onClose = () => done('lost')
      const onData = (piece: Buffer) => {
        const code = read(piece)
        if (code !== null) done(code > signalled ? null : code)
      }
      child.stdout.on('data', onData)
      child.on('close', onClose)
      keepRunning(true)
      child.stdin.write(`${input}\n`)
    })
}

/**
 * Starts a helper for a tool and its first arguments; null if no shell can be started.
 *
 * It keeps this process running only while the tool runs, and ends with it.
 */
export const startToolHelper = (tool: string, args: readonly string[]): ToolHelper | null => {
  const mark = makeMark()
  const child = spawn('/bin/sh', ['-c', script, 'sh', mark, tool, ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: bareEnvironment(process.env),
    ...ownGroup,
  })
  child.on('error', () => {}) // handled by the missing id
  // Without a free file descriptor the child has no streams.
  if (child.pid === undefined) return null
  let alive = true
  const unguard = endWithParent(child.pid, 'group')
  child.on('close', () => {
    alive = false
    unguard()
  })
  // A broken pipe is followed by 'close', which settles the open question.
  child.stdin.on('error', () => {})
  const kill = () => {
    if (alive) killGroup(child)
    alive = false
  }
  return { ask: createAsk(child, mark), kill, alive: () => alive }
}
