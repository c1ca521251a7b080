import type { ClipShape } from './make-media'
import type { ImageShape } from './make-media-images'
import type { SoundShape } from './make-sound'
import type { Random } from './random'

const sides = [64, 160, 238, 240, 320, 322, 480, 641, 720] as const

/** A size, often outside the limits, with few pixels so that tests are fast. */
const size = (random: Random): { width: number; height: number } => {
  const even = (value: number) => Math.max(16, Math.round(value / 2) * 2)
  if (random.chance(0.15)) {
    const long = random.whole(1200, 4600)
    const short = random.whole(20, 240)
    const wide = random.chance(0.5)
    return { width: even(wide ? long : short), height: even(wide ? short : long) }
  }
  return { width: even(random.pick(sides)), height: even(random.pick(sides)) }
}

const codecs = ['h264', 'h264', 'h264', 'hevc', 'prores', 'mpeg4', 'vp9', 'mjpeg'] as const

const containerFor = (codec: ClipShape['codec'], random: Random): string => {
  if (codec === 'prores') return random.pick(['.mov', '.mkv'])
  if (codec === 'mpeg4') return random.pick(['.avi', '.mp4', '.mkv'])
  if (codec === 'vp9') return random.pick(['.webm', '.mp4', '.mkv'])
  if (codec === 'mjpeg') return random.pick(['.mov', '.avi', '.mkv'])
  if (codec === 'hevc') return random.pick(['.mp4', '.mov', '.mov', '.mkv', '.ts'])
  return random.pick(['.mp4', '.mp4', '.mov', '.mkv', '.ts', '.3gp', '.avi', '.flv'])
}

const seconds = (random: Random): number =>
  random.pick([1, 1.9, 2, 2.1, 3.3, 5, 9.97, 10, 10.04, 10.3, 12])

/** A random clip: size, length, codec, rotation, frame rate, pixel shape, tracks, sound. */
export const randomClip = (random: Random): ClipShape => {
  const codec = random.pick(codecs)
  const extension = containerFor(codec, random)
  const iso = extension === '.mp4' || extension === '.mov'
  const length = seconds(random)
  const shape: ClipShape = {
    ...size(random),
    codec,
    extension,
    seconds: length,
    rate: random.pick([5, 10, 12.5, '24000/1001', 25, '30000/1001', 30]),
    picture: 'black',
  }
  const sounding = random.chance(0.6)
  if (sounding) shape.sound = 'tone'
  if (sounding && extension === '.webm') shape.audioCodec = 'opus'
  if (sounding && extension === '.mov' && random.chance(0.4)) shape.audioCodec = 'pcm_s16le'
  if (sounding && random.chance(0.3)) shape.soundSeconds = length + random.pick([-0.8, 0.06, 0.7])
  if (iso && random.chance(0.3)) shape.rotation = random.pick([90, 180, 270])
  if (random.chance(0.15)) shape.sar = random.pick(['4/3', '16/11', '1/2'])
  if (random.chance(0.15)) shape.variableRate = true
  if (random.chance(0.05) && length <= 5) shape.rate = random.pick([90, 120])
  if (codec === 'hevc' && random.chance(0.5)) shape.hdr = random.pick(['pq', 'hlg'])
  if (codec === 'h264' && random.chance(0.15))
    shape.pixelFormat = random.pick(['yuv444p', 'yuv420p10le', 'yuv422p'])
  if (codec === 'h264' && random.chance(0.3)) shape.bFrames = 3
  if (iso && codec === 'h264' && random.chance(0.2)) shape.fragmented = true
  if (iso && random.chance(0.1)) shape.twoTracks = true
  if (iso && sounding && !shape.fragmented && !shape.twoTracks && random.chance(0.25))
    shape.late = random.pick([0.02, 0.6, 3, 7.3, 20, -0.02, -0.6, -7.3, -20])
  // A container that promises more than it has, and data without a frame.
  if (extension === '.flv' && random.chance(0.3)) shape.keep = random.pick([0.15, 0.5, 0.9])
  if (extension === '.mp4' && !shape.fragmented && random.chance(0.05)) shape.spoilt = [0, 1]
  if (extension === '.mp4' && !shape.spoilt && !shape.late && random.chance(0.1)) {
    shape.faststart = true
    shape.keep = random.pick([0.3, 0.7, 0.95])
  }
  if (iso && length > 4 && !shape.fragmented && random.chance(0.15)) shape.hidden = 1.5
  return shape
}

const formats = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif', 'bmp'] as const

/** A random image: format, size, orientation, transparency, colour, number of frames. */
export const randomImage = (random: Random): ImageShape => {
  const format = random.pick(formats)
  const extreme = random.chance(0.15)
  const shape: ImageShape = {
    format,
    width: extreme ? random.whole(2000, 9000) : random.whole(30, 900),
    height: extreme ? random.whole(20, 240) : random.whole(30, 900),
  }
  const clear = format !== 'jpeg' && format !== 'avif'
  if (clear && random.chance(0.4)) shape.alpha = random.pick(['channel', 'one-pixel', 'half'])
  if (format === 'jpeg' && random.chance(0.6)) shape.orientation = random.whole(1, 8)
  if ((format === 'jpeg' || format === 'tiff') && random.chance(0.2)) shape.cmyk = true
  if (format === 'png' && random.chance(0.2)) shape.palette = true
  if (!shape.cmyk && random.chance(0.1)) shape.grey = true
  if ((format === 'gif' || format === 'webp') && !extreme && random.chance(0.4))
    shape.frames = random.whole(2, 4)
  return shape
}

const soundContainers = [
  '.wav',
  '.wav',
  '.mp3',
  '.mp3',
  '.flac',
  '.ogg',
  '.aac',
  '.aiff',
  '.m4a',
  '.mka',
] as const

/** A random sound: length, rate, bits, container, loudness, a name that lies, a file that is cut off. */
export const randomSound = (random: Random): SoundShape => {
  const extension = random.pick(soundContainers)
  const shape: SoundShape = {
    extension,
    seconds: random.pick([0.5, 1, 1.9, 2, 2.05, 5, 10, 10.03, 29.99, 30, 30.2, 45]),
    gain: random.pick([12, 12, 12, -10, -30]),
    channels: random.pick([1, 1, 2]),
  }
  if (extension === '.wav') {
    shape.rate = random.pick([8000, 22_050, 44_100, 48_000, 96_000, 192_000])
    shape.codec = random.pick([
      'pcm_s16le',
      'pcm_s24le',
      'pcm_s32le',
      'pcm_f32le',
      'pcm_mulaw',
      'adpcm_ms',
    ])
    if (shape.codec === 'pcm_s24le' && random.chance(0.5)) shape.channels = 6
  }
  if (extension === '.mp3' && random.chance(0.3)) shape.coverArt = true
  // A container of clips is not listened to before its sound is taken.
  if (extension !== '.m4a' && extension !== '.mka' && random.chance(0.1)) shape.silent = true
  if ((extension === '.wav' || extension === '.mp3') && random.chance(0.15))
    shape.keep = random.pick([0.2, 0.6, 0.9])
  if (random.chance(0.15)) shape.named = random.pick(['.mp4', '.jpg', '.mp3', '.wav'])
  return shape
}
