import { basename } from 'node:path'
import ffmpeg, { type FfmpegCommand } from 'fluent-ffmpeg'
import { endWithParent } from './end-with-parent'
import { mediaError } from './media-texts'
import type { Work } from './media-tools'

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

/**
 * The library would first ask ffmpeg for its formats (which breaks on version 7 and newer) and encoders and
 * ffprobe for the input's length (of which it computes a percentage that is wrong for cuts): four processes
 * where one is wanted. Handing it the finished arguments skips all of that.
 */
const withArguments = (command: FfmpegCommand, args: readonly string[]): FfmpegCommand =>
  Object.assign(command, {
    _prepare: (ready: (error: null, all: string[]) => void) => ready(null, [...args]),
  })

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

const pidOf = (command: FfmpegCommand): number | undefined => {
  const child: unknown = Reflect.get(command, 'ffmpegProc')
  const pid: unknown =
    typeof child === 'object' && child !== null ? Reflect.get(child, 'pid') : undefined
  return typeof pid === 'number' ? pid : undefined
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
    const command = withArguments(ffmpeg({ stdoutLines: keptLines }).output(run.output), [
      ...commonArguments,
      ...run.args,
      run.output,
    ])
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
    command.on('start', () => {
      callOff = endWithParent(pidOf(command))
    })
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
