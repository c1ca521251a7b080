import { createRequire } from 'node:module'
import { sep } from 'node:path'
import type { ToolPaths } from '../media/media-tools'

const load = createRequire(import.meta.url)

/** Executables cannot run from inside the archive of a packaged app: they lie unpacked beside it. */
export const unpackedPath = (path: string): string =>
  path.replace(`${sep}app.asar${sep}`, `${sep}app.asar.unpacked${sep}`)

const pathFrom = (packageName: string): string => {
  const found: unknown = load(packageName)
  if (typeof found !== 'object' || found === null || !('path' in found)) return ''
  return typeof found.path === 'string' ? unpackedPath(found.path) : ''
}

/** Path of the bundled ffprobe (FFmpeg 4.0.2); empty where none is bundled for this platform. */
export const bundledFfprobe = (): string => pathFrom('ffprobe-static')

/** Path of the bundled ffmpeg (2018); empty where none is bundled for this platform. */
export const bundledFfmpeg = (): string => {
  try {
    return pathFrom('@ffmpeg-installer/ffmpeg')
  } catch {
    // The package throws on platforms that it has no executable for: then a person chooses their own.
    return ''
  }
}

/** The tools in use: those that a person chose, else the bundled ones. */
export const toolPaths = (
  chosen: () => { ffmpegPath: string | null; ffprobePath: string | null },
): ToolPaths => ({
  ffmpeg: () => chosen().ffmpegPath ?? bundledFfmpeg(),
  ffprobe: () => chosen().ffprobePath ?? bundledFfprobe(),
})

/** The bundled tools, whatever Settings say. */
export const bundledTools: ToolPaths = { ffmpeg: bundledFfmpeg, ffprobe: bundledFfprobe }
