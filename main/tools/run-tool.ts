import { spawn } from 'node:child_process'
import { bareEnvironment } from './environment'
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
const keptErrors = 8 * 1024

/** Collects the output of a tool, and calls `kill` when it reaches a limit or the signal fires. */
export const limitTool = (
  { timeout, signal, maxOutput = 4 << 20 }: Omit<ToolOptions, 'onOutput'>,
  kill: () => void,
) => {
  const chunks: Buffer[] = []
  let size = 0
  let ended: ToolRun['ended'] = null
  const end = (why: ToolRun['ended']) => {
    ended ??= why
    kill()
  }
  const timer = setTimeout(() => end('timeout'), timeout)
  const stop = () => end(null)
  signal?.addEventListener('abort', stop, { once: true })
  return {
    add: (chunk: Buffer): void => {
      size += chunk.length
      if (size > maxOutput) end('too-much')
      else chunks.push(chunk)
    },
    /** Call this when the tool has ended: stops watching, and gives the output. */
    finish: (): Pick<ToolRun, 'stdout' | 'ended'> => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
      return { stdout: Buffer.concat(chunks), ended }
    },
  }
}

/**
 * Runs an executable without a shell and returns what it wrote.
 *
 * Rejects with the signal's reason when that fires, and with MediaError when the executable cannot be started.
 */
export const runTool = (
  path: string,
  args: readonly string[],
  options: ToolOptions,
): Promise<ToolRun> =>
  new Promise((resolve, reject) => {
    const { signal } = options
    signal?.throwIfAborted()
    const child = spawn(path, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: bareEnvironment(process.env),
      windowsHide: true,
      ...ownGroup,
    })
    const unguard = endWithParent(child.pid)
    const limited = limitTool(options, () => child.kill('SIGKILL'))
    let stderr = ''
    child.on('error', (error) => {
      limited.finish()
      unguard()
      reject(mediaError('tool-missing', { path }, error.message, error))
    })
    // Without a free file descriptor the child has no streams.
    if (child.pid === undefined) return
    child.stdout.on('data', options.onOutput ?? limited.add)
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-keptErrors)
    })
    child.on('close', (code) => {
      const run = limited.finish()
      unguard()
      if (signal?.aborted) reject(signal.reason)
      else resolve({ code, stderr, ...run })
    })
  })
