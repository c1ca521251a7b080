import { spawn } from 'node:child_process'
import { mediaError } from './media-error'
import { endWithParent, ownGroup } from './processes'

/** How a caller stops work and follows its progress (a fraction, 0 to 1). */
export interface Work {
  signal?: AbortSignal
  onProgress?: (fraction: number) => void
}

export interface ToolRun {
  code: number | null
  stdout: Buffer
  /** The last 8 kB. */
  stderr: string
  /** Why the tool was killed; null if it ended by itself or was aborted. */
  ended: 'timeout' | 'too-much' | null
}

export interface ToolOptions {
  /** Milliseconds after which the tool is killed. */
  timeout: number
  signal?: AbortSignal | undefined
  /** Bytes of output after which the tool is killed; 4 MiB by default. */
  maxOutput?: number
  /** Receives the output in pieces. Nothing is kept then, so `maxOutput` does not apply. */
  onOutput?: (piece: Buffer) => void
}

/** Bytes. */
export const defaultMaxOutput = 4 << 20
const keptErrors = 8 * 1024

/**
 * Runs an executable without a shell and returns what it wrote.
 *
 * Rejects with the signal's reason when that fires, and with MediaError when the executable cannot be started.
 */
export const runTool = (
  path: string,
  args: readonly string[],
  { timeout, signal, maxOutput = defaultMaxOutput, onOutput }: ToolOptions,
): Promise<ToolRun> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const child = spawn(path, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...ownGroup,
    })
    const unguard = endWithParent(child.pid)
    const chunks: Buffer[] = []
    let size = 0
    let stderr = ''
    let ended: ToolRun['ended'] = null
    const end = (why: ToolRun['ended']) => {
      ended ??= why
      child.kill('SIGKILL')
    }
    const timer = setTimeout(() => end('timeout'), timeout)
    const stop = () => end(null)
    signal?.addEventListener('abort', stop, { once: true })
    const done = () => {
      clearTimeout(timer)
      unguard()
      signal?.removeEventListener('abort', stop)
    }
    child.on('error', (error) => {
      done()
      reject(mediaError('tool-missing', { path }, error.message, error))
    })
    // Without a free file descriptor the child has no streams.
    if (child.pid === undefined) return
    child.stdout.on('data', (chunk: Buffer) => {
      if (onOutput) return onOutput(chunk)
      size += chunk.length
      if (size > maxOutput) end('too-much')
      else chunks.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-keptErrors)
    })
    child.on('close', (code) => {
      done()
      if (signal?.aborted) reject(signal.reason)
      else resolve({ code, stdout: Buffer.concat(chunks), stderr, ended })
    })
  })
