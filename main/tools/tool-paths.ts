import { createRequire } from 'node:module'
import { sep } from 'node:path'

/** Paths of the executables. Ask again before each use: they may change in Settings. */
export interface ToolPaths {
  ffmpeg: () => string
  ffprobe: () => string
}

const load = createRequire(import.meta.url)

/** Executables cannot run from the archive of a packaged app; they are unpacked beside it. */
export const unpackedPath = (path: string): string =>
  path.replace(`${sep}app.asar${sep}`, `${sep}app.asar.unpacked${sep}`)

const pathFrom = (packageName: string): string => {
  const found: unknown = load(packageName)
  if (typeof found !== 'object' || found === null || !('path' in found)) return ''
  return typeof found.path === 'string' ? unpackedPath(found.path) : ''
}

/** Path of the bundled ffprobe (FFmpeg 4.0.2); empty on platforms without one. */
export const bundledFfprobe = (): string => pathFrom('ffprobe-static')

/** Path of the bundled ffmpeg (2018); empty on platforms without one. */
export const bundledFfmpeg = (): string => {
  try {
    return pathFrom('@ffmpeg-installer/ffmpeg')
  } catch {
    // The package throws on platforms without an executable: Settings must name one there.
    return ''
  }
}

/** The executables chosen in Settings, or the bundled ones. */
export const toolPaths = (
  chosen: () => { ffmpegPath: string | null; ffprobePath: string | null },
): ToolPaths => ({
  ffmpeg: () => chosen().ffmpegPath ?? bundledFfmpeg(),
  ffprobe: () => chosen().ffprobePath ?? bundledFfprobe(),
})

/** The bundled executables, whatever Settings say. */
export const bundledTools: ToolPaths = { ffmpeg: bundledFfmpeg, ffprobe: bundledFfprobe }
