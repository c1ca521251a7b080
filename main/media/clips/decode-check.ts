import { basename } from 'node:path'
import { mediaError } from '../../tools/media-error'
import { asInput } from '../../tools/run-ffmpeg'
import { runTool } from '../../tools/run-tool'
import type { ToolPaths } from '../../tools/tool-paths'
import type { MediaTools } from '../media-tools'

/** Milliseconds. */
const timeout = 10 * 60_000

/** Lines of the muxer that throws everything away: they complain about time stamps, not about the file. */
const ofMuxer = /^\[null @/

/** Decodes a whole file with ffmpeg. Rejects with MediaError where ffmpeg is missing, crashes or does not end. */
export const decodeCheck =
  (tools: ToolPaths): MediaTools['decodeError'] =>
  async (path, { signal } = {}) => {
    const args = ['-hide_banner', '-nostdin', '-v', 'error', '-i', asInput(path)]
    const streams = ['-map', '0:v', '-map', '0:a?', '-f', 'null', '-']
    const run = await runTool(tools.ffmpeg(), [...args, ...streams], { timeout, signal })
    if (run.ended === 'timeout')
      throw mediaError('timeout', { name: basename(path), minutes: timeout / 60_000 }, run.stderr)
    if (run.code === null) throw mediaError('tool-crashed', { path: tools.ffmpeg() }, run.stderr)
    const lines = run.stderr.split('\n').filter((line) => line.trim() !== '' && !ofMuxer.test(line))
    const [first] = lines
    if (first !== undefined) return first.slice(0, 200)
    return run.code === 0 ? null : `ffmpeg ended with ${run.code}`
  }
