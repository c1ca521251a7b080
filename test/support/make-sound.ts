import { rename, stat, truncate } from 'node:fs/promises'
import { cachedFile, ffmpeg } from './make-media'

/** A sound to be made by the bundled ffmpeg. Everything has a default: `makeSound()` passes preflight. */
export interface SoundShape {
  /** Default 4. */
  seconds?: number
  /** Samples per second. Default 44100. */
  rate?: number
  /** Default 1. */
  channels?: number
  /** Gain in dB on a sine whose peak is near -18 dB. Default 12. */
  gain?: number
  /** Nothing but zeros. */
  silent?: boolean
  codec?:
    | 'pcm_s16le'
    | 'pcm_s24le'
    | 'pcm_s32le'
    | 'pcm_f32le'
    | 'pcm_mulaw'
    | 'adpcm_ms'
    | 'libmp3lame'
    | 'flac'
    | 'aac'
    | 'libvorbis'
    | 'pcm_s16be'
  /** A picture in the tag of an MP3. */
  coverArt?: boolean
  /** Keeps only this part of the bytes (0..1). */
  keep?: number
  /** Decides the container: '.wav' (default), '.mp3', '.flac', '.ogg', '.aac', '.aiff', '.m4a', '.mka'. */
  extension?: string
  /** Extension of the name, where it lies about the content. */
  named?: string
}

const usualCodec: Record<string, string> = {
  '.wav': 'pcm_s16le',
  '.mp3': 'libmp3lame',
  '.flac': 'flac',
  '.ogg': 'libvorbis',
  '.aiff': 'pcm_s16be',
}

/** Makes a sound once for each shape. Tests must not change the file. */
export const makeSound = (shape: SoundShape = {}): Promise<string> => {
  const { seconds = 4, rate = 44_100, channels = 1, gain = 12, extension = '.wav' } = shape
  return cachedFile(
    { ...shape, kind: 'sound', version: 1 },
    `sound${shape.named ?? extension}`,
    async (path) => {
      const volume = shape.silent ? '0' : `${gain}dB`
      const source = `sine=440:r=${rate}:d=${seconds},volume=${volume}`
      const made = `${path}${extension}`
      await ffmpeg(
        ...['-f', 'lavfi', '-i', source],
        ...(shape.coverArt ? ['-f', 'lavfi', '-i', 'testsrc=s=300x300:d=0.04'] : []),
        ...['-map', '0:a', ...(shape.coverArt ? ['-map', '1:v', '-c:v', 'png'] : [])],
        ...['-t', `${seconds}`, '-ac', `${channels}`, '-ar', `${rate}`],
        ...['-c:a', shape.codec ?? usualCodec[extension] ?? 'aac'],
        ...(shape.coverArt ? ['-disposition:v', 'attached_pic'] : []),
        made,
      )
      if (shape.keep !== undefined)
        await truncate(made, Math.round((await stat(made)).size * shape.keep))
      await rename(made, path)
    },
  )
}
