import type { Facts, Fix, Remedy, Selection, Waveform } from '../../preload/contract'
import type { Work } from '../tools/run-tool'

/** Work on the pictures of one video track, counted from 0: the one that the facts given are of; the first unless said. */
export interface PictureWork extends Work {
  track?: number
}

/** What to do to a file, in one run. Remedies apply in the order that makes sense, not in the order given. */
export interface Preparation extends Omit<Fix, 'remedies'> {
  path: string
  facts: Facts
  /** Seconds; null takes all of the clip. */
  selection: Selection | null
  remedies: readonly Remedy[]
}

export interface Prepared {
  path: string
  /**
   * What a person can paste into a shell to repeat it: for clips the very ffmpeg command, for stills (made by sharp,
   * inside the app) an equivalent for ImageMagick under a comment that says so.
   */
  command: string
}

/** A strip of `count` equal tiles side by side in one JPEG. Pixels, seconds. */
export interface FilmstripFile {
  path: string
  count: number
  tileWidth: number
  tileHeight: number
  duration: number
}

/** Where single tiles are written while a strip is made, and who is told of them (all so far, in order). */
export interface FilmstripWork extends PictureWork {
  tiles?: { prefix: string; onTiles: (files: string[]) => void }
}

/** Everything the app asks of ffprobe, ffmpeg and sharp. Rejects with `MediaError` or AbortError. */
export interface MediaTools {
  /** What the file is; never rejects for a bad file (that is facts of kind 'other'), limited to 15 s. */
  inspect: (path: string, work?: Work) => Promise<Facts>
  /** Makes `output` (its extension is already right) by way of a temporary file beside it. */
  prepare: (preparation: Preparation, output: string, work?: Work) => Promise<Prepared>
  /** Writes a JPEG of at most 480 px, upright; false where none can be made. */
  poster: (path: string, facts: Facts, output: string, work?: Work) => Promise<boolean>
  filmstrip: (
    path: string,
    facts: Facts,
    output: string,
    work?: FilmstripWork,
  ) => Promise<FilmstripFile>
  /** Loudness over time of the first sound, on the clip's own clock; no peaks without sound. */
  waveform: (path: string, facts: Facts, work?: Work) => Promise<Waveform>
  /** Seconds of the frames that begin a new scene. */
  sceneChanges: (path: string, facts: Facts, work?: PictureWork) => Promise<number[]>
  /** Changes when `inspect` may say something else of the same file: another way of measuring, other tools. */
  stamp: () => string
  /** Whether Chromium plays it as it is. */
  playable: (facts: Facts) => boolean
  /** Writes an H.264/AAC file of at most 1280 px for preview, in time with the source. */
  proxy: (path: string, facts: Facts, output: string, work?: PictureWork) => Promise<void>
  /** Writes a small silent H.264 file in time with the source, in which every frame can be sought at once. */
  scrubCopy: (path: string, facts: Facts, output: string, work?: PictureWork) => Promise<void>
  /** Runs `-version`; rejects when the file is no such tool. */
  version: (tool: 'ffmpeg' | 'ffprobe', path: string) => Promise<string>
}
