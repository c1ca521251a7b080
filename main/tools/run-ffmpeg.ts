import { createRequire } from 'node:module'
import type Ffmpeg from 'fluent-ffmpeg'
import { mediaError } from './media-error'
import { runTool, type ToolOptions, type Work } from './run-tool'

/** What one run of ffmpeg reads, and the options of its output. */
export interface Conversion {
  /** A file as ffmpeg is given it, and the options before it. */
  inputs: readonly { file: string; options?: readonly string[] }[]
  options: readonly string[]
}

/** A path as ffmpeg and ffprobe must be given it, so that it is never read as an option, a URL or a playlist. */
export const asInput = (path: string): string => `file:${path}`

const load = createRequire(import.meta.url)

/** The arguments of a conversion, assembled by fluent-ffmpeg. It is loaded at the first run to keep the start fast. */
export const ffmpegArguments = ({ inputs, options }: Conversion, output: string): string[] => {
  const ffmpeg = load('fluent-ffmpeg') as typeof Ffmpeg
  const command = ffmpeg()
  for (const { file, options: before = [] } of inputs) {
    command.input(file)
    if (before.length > 0) command.inputOptions(...before) // without any it would add `undefined`
  }
  command.output(output).outputOptions(...options)
  return ['-hide_banner', '-nostdin', '-loglevel', 'warning', ...command._getArguments()]
}

/** Characters of ffmpeg's own lines that are kept with a failure. */
const mostDetail = 1000

/** What ffmpeg's words mean, the more exact first. */
const causes = [
  [
    'failed-lacking',
    /Unknown (en|de)coder|No such filter|Unrecognized option|Option \S+ not found/i,
  ],
  ['failed-unread', /No such file|Permission denied|Input\/output error/i],
  [
    'failed-damaged',
    /Invalid data|moov atom not found|Error while decoding|cannot determine format|not find codec param/i,
  ],
] as const

const causeOf = (detail: string) => causes.find(([, words]) => words.test(detail))?.[0] ?? 'failed'

/**
 * Runs ffmpeg with these arguments and returns what it wrote to stdout. `name` is the file's, for messages. Rejects as
 * `runFfmpeg` does.
 */
export const askFfmpeg = async (
  ffmpeg: string,
  args: readonly string[],
  { name, ...options }: Omit<ToolOptions, 'maxOutput'> & { name: string },
): Promise<Buffer> => {
  const { code, ended, stdout, stderr } = await runTool(ffmpeg, args, options)
  if (ended === 'timeout') {
    const minutes = Math.round(options.timeout / 60_000)
    throw mediaError('timeout', { name, minutes }, stderr)
  }
  if (code === 0) return stdout
  const lines = stderr.split('\n').filter((line) => line.trim() !== '')
  const detail = lines.slice(-8).join('\n') || `ended with ${code ?? 'a signal'}`
  if (/No space left|ENOSPC/i.test(detail)) throw mediaError('no-space', {}, detail)
  throw mediaError(causeOf(detail), { name, tool: detail.slice(-mostDetail) }, detail)
}

/** Seconds in a time like 00:01:02.50; 0 for negative times and for what is no time. */
export const secondsOfMark = (mark: string): number => {
  const match = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(mark)
  return match ? Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]) : 0
}

interface FfmpegRun extends Conversion, Pick<ToolOptions, 'timeout'> {
  output: string
  /** Seconds of the result, to compute progress from; null where unknown. */
  seconds: number | null
  /** Name of the file, for messages. */
  name: string
}

/**
 * Runs ffmpeg once to write a file. Rejects with the signal's reason when that fires, and with MediaError otherwise;
 * the process has ended by then.
 */
export const runFfmpeg = async (
  ffmpeg: string,
  { output, seconds, name, timeout, ...conversion }: FfmpegRun,
  { signal, onProgress }: Work = {},
): Promise<void> => {
  signal?.throwIfAborted()
  const onOutput = (piece: Buffer) => {
    const mark = /.*^out_time=(\S+)\s/ms.exec(piece.toString('latin1'))?.[1]
    if (mark && seconds) onProgress?.(Math.min(1, secondsOfMark(mark) / seconds))
  }
  const args = ['-progress', 'pipe:1', ...ffmpegArguments(conversion, output)]
  await askFfmpeg(ffmpeg, args, { name, timeout, signal, onOutput })
  onProgress?.(1)
}
