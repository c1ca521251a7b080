import { asInput } from '../../tools/run-ffmpeg'
import { runTool } from '../../tools/run-tool'
import type { Examined } from './picture-work'
import { PictureError, type Pictures } from './pictures'

/** What ffmpeg writes about valid bitmaps: the end marker is left over. */
const harmless = /^\s*$|bytes left over/

/** What sharp and ffmpeg can tell about a still, working at most `timeout` ms on each answer. */
export const createDecoder = (
  { ffmpeg, pictures }: { ffmpeg: () => string; pictures: Pictures },
  timeout: number,
  signal: AbortSignal,
) => ({
  /** Null if it cannot be examined, also because it took too long: a fact, not an error. */
  examine: async (path: string): Promise<Examined | null> => {
    try {
      return await pictures.ask({ do: 'examine', path }, { timeout, signal })
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof PictureError) return null
      throw error
    }
  },
  bmpDecodes: async (path: string): Promise<boolean> => {
    const args = [
      ...['-v', 'error', '-nostdin', '-xerror'],
      ...['-f', 'bmp_pipe', '-i', asInput(path), '-f', 'null', '-'],
    ]
    const run = await runTool(ffmpeg(), args, { timeout, signal })
    const complaints = run.stderr.split('\n').filter((line) => !harmless.test(line))
    return run.code === 0 && complaints.length === 0
  },
})

export type Decoder = ReturnType<typeof createDecoder>
