import { spawn } from 'node:child_process'
import { endWithParent, outOfReach } from './processes'
import { mediaError } from './media-error'

export interface ToolRun {
  code: number | null
  stdout: Buffer
  /** The last lines. */
  stderr: string
  /** Why it was ended before its time. */
  ended: 'timeout' | 'too-much' | null
}

export interface ToolOptions {
  /** Milliseconds after which it is killed. */
  timeout: number
  signal?: AbortSignal | undefined
  /** Bytes of output after which it is killed. */
  maxOutput?: number
  /** Takes the output piece by piece instead: nothing is kept, so there is no limit. */
  onOutput?: (piece: Buffer) => void
}

const keptErrors = 8 * 1024

/**
 * Runs an executable with arguments, never through a shell, and gives what it wrote.
 *
 * Rejects with an AbortError when the signal fires, with MediaError when it cannot be started.
 */
export const runTool = (
  path: string,
  args: readonly string[],
  options: ToolOptions,
): Promise<ToolRun> =>
  new Promise((resolve, reject) => {
    options.signal?.throwIfAborted()
    const child = spawn(path, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...outOfReach,
    })
    const callOff = endWithParent(child.pid)
    const chunks: Buffer[] = []
    let size = 0
    let stderr = ''
    let ended: ToolRun['ended'] = null
    const end = (why: ToolRun['ended']) => {
      ended ??= why
      child.kill('SIGKILL')
    }
    const timer = setTimeout(() => end('timeout'), options.timeout)
    const stop = () => end(null)
    options.signal?.addEventListener('abort', stop, { once: true })
    const done = () => {
      clearTimeout(timer)
      callOff()
      options.signal?.removeEventListener('abort', stop)
    }
    child.on('error', (error) => {
      done()
      reject(mediaError('tool-missing', { path }, error.message, error))
    })
    // Without a free file descriptor there are not even streams.
    if (child.pid === undefined) return
    child.stdout.on('data', (chunk: Buffer) => {
      if (options.onOutput) return options.onOutput(chunk)
      size += chunk.length
      if (size > (options.maxOutput ?? 1 << 22)) end('too-much')
      else chunks.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-keptErrors)
    })
    child.on('close', (code) => {
      done()
      if (options.signal?.aborted) reject(options.signal.reason)
      else resolve({ code, stdout: Buffer.concat(chunks), stderr, ended })
    })
  })
