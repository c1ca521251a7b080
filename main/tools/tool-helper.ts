import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import type { Readable, Writable } from 'node:stream'
import { endWithParent, outOfReach } from './processes'

/**
 * A small shell that starts a tool over and over, each time with one more argument, in this process's place.
 *
 * Starting a process copies the tables of the memory of the one that starts it: 3 to 4 ms of the main thread in
 * an app of this size, next to nothing in a shell. With hundreds of files that is a fifth of the whole time.
 */
export interface ToolHelper {
  /**
   * Runs the tool with this last argument (no line break in it). `onOutput` is given what it writes; resolves with
   * the exit code, with null when a signal ended the tool, and with 'lost' when the helper itself is gone.
   */
  ask: (input: string, onOutput: (piece: Buffer) => void) => Promise<number | null | 'lost'>
  /** Kills it, and the tool it is running. */
  kill: () => void
  /** Whether it can be asked. */
  alive: () => boolean
}

/** The mark, which no tool can know, and the exit code follow the output of each run. */
const script = `
mark=$1
shift
while IFS= read -r input; do
  "$@" "$input" </dev/null 2>/dev/null
  printf '%s %d\\n' "$mark" "$?"
done`

/** Bytes that mark, code and line break take at the most. */
const longestEnd = 36 + 1 + 3 + 1

/** A shell's exit code for a tool that was ended by a signal is greater. */
const signalled = 128

/** Gives `onOutput` all but the end that tells the exit code; gives the code when that has come. */
const endReader = (mark: string, onOutput: (piece: Buffer) => void) => {
  let held = Buffer.alloc(0)
  const end = new RegExp(`${mark} (\\d+)\n$`)
  return (piece: Buffer): number | null => {
    held = Buffer.concat([held, piece])
    const said = end.exec(held.toString('latin1', Math.max(0, held.length - longestEnd)))
    const sure = held.length - (said?.[0].length ?? longestEnd)
    if (sure > 0) {
      onOutput(held.subarray(0, sure))
      held = held.subarray(sure)
    }
    return said ? Number(said[1]) : null
  }
}

/** A pipe to a child is a socket, which can be kept from holding this process open. */
const holding = (streams: readonly (Readable | Writable)[], hold: boolean) => {
  const method = hold ? 'ref' : 'unref'
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
    // It is gone already, which is what was wanted.
  }
}

const askOf = (child: HelperProcess, mark: string): ToolHelper['ask'] => {
  const hold = (on: boolean) => {
    if (on) child.ref()
    else child.unref()
    holding([child.stdin, child.stdout], on)
  }
  hold(false)
  return (input, onOutput) =>
    new Promise((resolve) => {
      const read = endReader(mark, onOutput)
      const done = (how: number | null | 'lost') => {
        child.stdout.off('data', take)
        child.off('close', lost)
        hold(false)
        resolve(how)
      }
      const lost = () => done('lost')
      const take = (piece: Buffer) => {
        const code = read(piece)
        if (code !== null) done(code > signalled ? null : code)
      }
      child.stdout.on('data', take)
      child.on('close', lost)
      hold(true)
      child.stdin.write(`${input}\n`)
    })
}

/**
 * Starts a helper for a tool and its first arguments; null where there is no shell to be had.
 *
 * It holds this process open only while it runs the tool, and dies with it.
 */
export const startToolHelper = (tool: string, args: readonly string[]): ToolHelper | null => {
  const mark = randomUUID()
  const child = spawn('/bin/sh', ['-c', script, 'sh', mark, tool, ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
    ...outOfReach,
  })
  child.on('error', () => {}) // told by the missing id
  // Without a free file descriptor there are not even streams.
  if (child.pid === undefined) return null
  let alive = true
  const callOff = endWithParent(child.pid, 'group')
  const gone = () => {
    alive = false
    callOff()
  }
  child.on('close', gone)
  // A broken pipe is followed by 'close', which says it to whoever waits.
  child.stdin.on('error', () => {})
  const kill = () => {
    if (alive) killGroup(child)
    alive = false
  }
  return { ask: askOf(child, mark), kill, alive: () => alive }
}
