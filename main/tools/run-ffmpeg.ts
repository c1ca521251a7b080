import type { ChildProcess } from 'node:child_process'
import { basename } from 'node:path'
import type { FfmpegCommand } from 'fluent-ffmpeg'
import type { Work } from '../media/media-tools'
import { endWithParent, outOfReach } from './processes'
import { ffmpegWhenNeeded } from './ffmpeg-when-needed'
import { mediaError } from './media-error'

export interface FfmpegRun {
  /** Everything before the output. */
  args: readonly string[]
  output: string
  /** Seconds that come out, for the progress; null where unknown. */
  seconds: number | null
  /** Name for messages. */
  name: string
  /** Milliseconds. */
  timeout: number
}

/** Options of every run: quiet, never interactive, with the lines that tell of progress. */
export const commonArguments: readonly string[] = [
  '-hide_banner',
  '-nostdin',
  '-loglevel',
  'warning',
  '-stats',
  '-y',
]

/** Seconds of a time mark like 00:01:02.50. */
export const secondsOfMark = (mark: string): number => {
  const match = /^(-?)(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(mark)
  if (!match || match[1] === '-') return 0
  return Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4])
}

const keptLines = 40

type Ended = (error: Error | null, stdout?: Ring, stderr?: Ring) => void
type Started = (child: ChildProcess, stdout: Ring, stderr: Ring) => void
interface Ring {
  get: () => string
}

const nothing: Ring = { get: () => '' }

/**
 * Makes the library do one thing only: run the arguments it is given.
 *
 * On its own it first asks ffmpeg for its formats (which breaks on version 7 and newer) and encoders and
 * ffprobe for the input's length (of which it computes a percentage that is wrong for cuts): four processes
 * where one is wanted. And it throws where nobody can catch it when the executable cannot be started.
 */
const tamed = (
  command: FfmpegCommand,
  args: readonly string[],
  started: (child: ChildProcess) => void,
): FfmpegCommand => {
  const spawn: unknown = Reflect.get(command, '_spawnFfmpeg')
  if (typeof spawn !== 'function')
    throw new Error('fluent-ffmpeg is not the version this was written for')
  const onStart =
    (process: Started): Started =>
    (child, stdout, stderr) => {
      started(child)
      process(child, stdout, stderr)
    }
  const onEnd =
    (ended: Ended): Ended =>
    (error, stdout = nothing, stderr = nothing) =>
      ended(error, stdout, stderr)
  return Object.assign(command, {
    _prepare: (ready: (error: null, all: string[]) => void) => ready(null, [...args]),
    _spawnFfmpeg: (all: string[], options: object, process: Started, ended: Ended) =>
      Reflect.apply(spawn, command, [
        all,
        { ...options, ...outOfReach },
        onStart(process),
        onEnd(ended),
      ]),
  })
}

const lastLines = (stderr: unknown): string =>
  typeof stderr === 'string'
    ? stderr
        .split('\n')
        .filter((line) => !/^frame=|^size=/.test(line))
        .slice(-8)
        .join('\n')
    : ''

const failureOf = (run: FfmpegRun, error: Error, stderr: unknown) => {
  const detail = lastLines(stderr) || error.message
  if (/No space left|ENOSPC/i.test(detail)) return mediaError('no-space', {}, detail, error)
  const reason = detail.split('\n').findLast((line) => line.trim() !== '') ?? error.message
  return mediaError('failed', { name: run.name, reason: reason.slice(0, 200) }, detail, error)
}

/**
 * Runs ffmpeg once: the one place that knows fluent-ffmpeg.
 *
 * Rejects with AbortError when the signal fires and with MediaError otherwise; the process is gone by then.
 */
export const runFfmpeg = (
  path: string,
  run: FfmpegRun,
  { signal, onProgress }: Work = {},
): Promise<void> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    let late = false
    let callOff = () => {}
    const args = [...commonArguments, ...run.args, run.output]
    const ffmpeg = ffmpegWhenNeeded()
    const command = tamed(ffmpeg({ stdoutLines: keptLines }).output(run.output), args, (child) => {
      callOff = endWithParent(child.pid)
    })
    const stop = () => command.kill('SIGKILL')
    const timer = setTimeout(() => {
      late = true
      stop()
    }, run.timeout)
    const done = () => {
      clearTimeout(timer)
      callOff()
      signal?.removeEventListener('abort', stop)
    }
    signal?.addEventListener('abort', stop, { once: true })
    if (onProgress) {
      command.on('progress', ({ timemark }: { timemark?: string }) => {
        if (run.seconds) onProgress(Math.min(1, secondsOfMark(timemark ?? '') / run.seconds))
      })
    }
    command.on('end', () => {
      done()
      onProgress?.(1)
      resolve()
    })
    command.on('error', (error: Error, _stdout: unknown, stderr: unknown) => {
      done()
      if (signal?.aborted) reject(signal.reason)
      else if (late)
        reject(
          mediaError(
            'timeout',
            { name: run.name, minutes: Math.round(run.timeout / 60_000) },
            error.message,
            error,
          ),
        )
      else if ('code' in error)
        reject(mediaError('tool-missing', { path: basename(path) }, error.message, error))
      else reject(failureOf(run, error, stderr))
    })
    command.setFfmpegPath(path)
    command.run()
  })
