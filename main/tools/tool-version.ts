import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { mediaError } from './media-error'
import { runTool } from './run-tool'

/** Which release of its tool an executable is. */
export interface Release {
  /** As the tool says it; builds from between two releases have names of their own. */
  version: string
  /** The version of libavutil, which rises in every build: 57.17 and above is ffmpeg 5 and newer. */
  library: number[]
}

/** The release in what a tool prints for `-version`; null if it is not that tool. */
export const releaseIn = (tool: 'ffmpeg' | 'ffprobe', printed: string): Release | null => {
  const version = new RegExp(`^${tool} version (\\S+)`).exec(printed)?.[1]
  if (!version) return null
  const [, ...library] = /^libavutil +(\d+)\. *(\d+)\. *(\d+)/m.exec(printed) ?? []
  return { version, library: library.map(Number) }
}

/** The version that an executable reports. Rejects with MediaError if it is not that tool. */
export const toolVersion = async (tool: 'ffmpeg' | 'ffprobe', path: string): Promise<string> => {
  const run = await runTool(path, ['-version'], { timeout: 10_000 })
  const release = releaseIn(tool, run.stdout.toString('utf8'))
  if (run.code !== 0 || !release) {
    throw mediaError('tool-wrong', { path: basename(path), tool }, run.stderr || 'no version')
  }
  return release.version
}

/** Changes when the executable is another file or was replaced. Starts no process. */
export const toolIdentity = (path: string): string => {
  const found = statSync(path, { throwIfNoEntry: false })
  return found ? `${path}:${found.size}:${Math.round(found.mtimeMs)}` : path
}
