import { createRequire } from 'node:module'
import { sep } from 'node:path'
import type { Home } from '../home'
import { createFfmpegSearch, existing, type FfmpegSearch, ffmpegPlaces } from './find-ffmpeg'
import { toolIdentity } from './tool-version'

/** Paths of the executables. Ask again before each use: they may change in Settings. */
export interface ToolPaths {
  /** Before `settle` the one that is known from earlier, or the bundled one: facts are the same with any. */
  ffmpeg: () => string
  ffprobe: () => string
  /** Waits until it is known which ffmpeg to use. What makes files calls it first. Never rejects. */
  settle: () => Promise<void>
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

/** The executables chosen in Settings, else the ffmpeg that was found, else the bundled ones. */
export const toolPaths = (
  chosen: () => { ffmpegPath: string | null; ffprobePath: string | null },
  search: FfmpegSearch,
): ToolPaths => ({
  ffmpeg: () => chosen().ffmpegPath ?? search.known().found?.path ?? bundledFfmpeg(),
  ffprobe: () => chosen().ffprobePath ?? bundledFfprobe(),
  settle: async () => {
    if (chosen().ffmpegPath === null) await search.settle()
  },
})

/** The bundled executables, whatever Settings say. */
export const bundledTools: ToolPaths = {
  ffmpeg: bundledFfmpeg,
  ffprobe: bundledFfprobe,
  settle: async () => {},
}

/** The search for an ffmpeg of this computer that the app and the command line use. */
export const searchFfmpeg = (
  { tools }: Pick<Home, 'tools'>,
  env: NodeJS.ProcessEnv,
  start?: Promise<unknown>,
): FfmpegSearch =>
  createFfmpegSearch({
    file: tools,
    places: () => existing(ffmpegPlaces(process.platform, env)),
    examine: async (path) => (await import('./examine-ffmpeg')).examineFfmpeg(path),
    identity: toolIdentity,
    ...(start ? { start } : {}),
  })
