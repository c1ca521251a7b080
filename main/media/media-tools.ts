import { basename } from 'node:path'
import type {
  ClipFacts,
  Facts,
  Filmstrip,
  Fix,
  Remedy,
  Selection,
  Waveform,
} from '../../preload/contract'
import type { Purpose } from '../preflight'
import { mediaError } from '../tools/media-error'
import type { Work } from '../tools/run-tool'

/** Work on one video track, counted from 0; the first by default. The facts must be those of this track. */
export interface PictureWork extends Work {
  track?: number
}

/**
 * `decode` also decodes frames of a clip, which takes about a tenth of a second; `again` measures also what is known of
 * an unchanged file.
 */
export interface InspectWork extends Work {
  decode?: boolean
  again?: boolean
}

/** What to do to a file in one run. The order of the remedies has no meaning. */
export interface Preparation extends Omit<Fix, 'remedies'> {
  path: string
  facts: Facts
  /** Seconds; null for the whole clip. */
  selection: Selection | null
  remedies: readonly Remedy[]
  /** What the result is for; without it a clip to edit or a reference image. */
  purpose?: Purpose | undefined
}

export interface Prepared {
  path: string
  /**
   * A shell command that repeats the work: for clips the ffmpeg command itself; for stills, which sharp makes inside
   * the app, an equivalent ImageMagick command under a comment that explains this.
   */
  command: string
}

/** A JPEG with `count` equal tiles side by side. */
export interface FilmstripFile extends Omit<Filmstrip, 'url' | 'tiles'> {
  path: string
}

/** Where single tiles are written while a strip is made, and a callback with all tiles so far, in order. */
export interface FilmstripWork extends PictureWork {
  tiles?: { prefix: string; onTiles: (files: string[]) => void }
}

/** Everything that the app does with ffprobe, ffmpeg and sharp. Rejects with `MediaError` or the signal's reason. */
export interface MediaTools {
  /** The facts of a file, after 15 s at most. A bad file has facts of kind 'other'; it never rejects. */
  inspect: (path: string, work?: InspectWork) => Promise<Facts>
  /** Makes `output` through a temporary file beside it. Its extension must match the result. */
  prepare: (preparation: Preparation, output: string, work?: Work) => Promise<Prepared>
  /** Writes a JPEG of at most 480 px, upright; false if none can be made. */
  poster: (path: string, facts: Facts, output: string, work?: Work) => Promise<boolean>
  /** Writes the frame on screen at a time (seconds) as a PNG in full size, upright. */
  frame: (path: string, facts: Facts, time: number, output: string, work?: Work) => Promise<void>
  filmstrip: (
    path: string,
    facts: Facts,
    output: string,
    work?: FilmstripWork,
  ) => Promise<FilmstripFile>
  /** Loudness over time of a sound or a clip's first audio track, on its clock; without audio there are no peaks. */
  waveform: (path: string, facts: Facts, work?: Work) => Promise<Waveform>
  /** Times of the frames that begin a new scene, in seconds. */
  sceneChanges: (path: string, facts: Facts, work?: PictureWork) => Promise<number[]>
  /** Decodes every frame and all sound of a file; the first error in ffmpeg's words, or null where there is none. */
  decodeError: (path: string, work?: Work) => Promise<string | null>
  /** Changes when `inspect` may give other facts for the same file: after an update of the app or of the tools. */
  stamp: () => string
  /** Whether Chromium can play the file itself. */
  playable: (facts: Facts) => boolean
  /** Writes an H.264/AAC preview of at most 1280 px with the timing of the source. */
  proxy: (path: string, facts: Facts, output: string, work?: PictureWork) => Promise<void>
  /** Writes a small silent H.264 copy with the timing of the source, in which every frame is a key frame. */
  scrubCopy: (path: string, facts: Facts, output: string, work?: PictureWork) => Promise<void>
  /** Rejects with MediaError unless ffprobe and ffmpeg can be run: what they say of a file means nothing then. */
  assertTools: () => Promise<void>
  /** The version that an executable reports; rejects if it is not that tool. */
  version: (tool: 'ffmpeg' | 'ffprobe', path: string) => Promise<string>
}

/** Throws MediaError for a file without a video track. */
export function assertPicture(facts: Facts, path: string): asserts facts is ClipFacts {
  if (facts.kind !== 'video' || facts.videoTracks === 0)
    throw mediaError('not-possible', { name: basename(path) }, 'no video track')
}
