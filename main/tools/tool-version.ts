import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { mediaError } from './media-error'
import { runTool } from './run-tool'

/** The version that an executable reports. Rejects with MediaError if it is not that tool. */
export const toolVersion = async (tool: 'ffmpeg' | 'ffprobe', path: string): Promise<string> => {
  const run = await runTool(path, ['-version'], { timeout: 10_000 })
  const match = new RegExp(`^${tool} version (\\S+)`).exec(run.stdout.toString('utf8'))
  if (run.code !== 0 || !match?.[1]) {
    throw mediaError('tool-wrong', { path: basename(path), tool }, run.stderr || 'no version')
  }
  return match[1]
}

/** Changes when the executable is another file or was replaced. Starts no process. */
export const toolIdentity = (path: string): string => {
  const found = statSync(path, { throwIfNoEntry: false })
  return found ? `${path}:${found.size}:${Math.round(found.mtimeMs)}` : path
}
