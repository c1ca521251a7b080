import { ffmpegOutput } from './make-media'

/**
 * Reads the frame numbers of a clip that was made with `picture: 'numbered'`.
 *
 * `turned`: degrees by which the picture was turned. `before`: ffmpeg's input options.
 */
export const readFrameNumbers = async (
  path: string,
  { turned = 0, before = [] }: { turned?: 0 | 90 | 180 | 270; before?: string[] } = {},
): Promise<number[]> => {
  const across = turned % 180 !== 0
  const size = across ? 'scale=1:10:flags=area' : 'scale=10:1:flags=area'
  const pixels = await ffmpegOutput(
    ...before,
    '-i',
    path,
    '-map',
    '0:V:0',
    '-an',
    '-vsync',
    'passthrough',
    '-vf',
    `${size},format=gray`,
    '-f',
    'rawvideo',
  )
  // After a quarter turn clockwise the leftmost bar is at the top; after 180° or 270° it is at the other end.
  const reversed = turned === 180 || turned === 270
  return Array.from({ length: Math.floor(pixels.length / 10) }, (_, frame) =>
    Array.from({ length: 10 }, (_, bar) => {
      const value = pixels[frame * 10 + (reversed ? 9 - bar : bar)] ?? 0
      return value > 127 ? 2 ** bar : 0
    }).reduce<number>((sum, bit) => sum + bit, 0),
  )
}

/** Seconds of every flash and every beep of a clip made with `flash` and `beeps`. */
export const readSync = async (path: string): Promise<{ flashes: number[]; beeps: number[] }> => {
  const rate = 100
  const light = await ffmpegOutput(
    '-i',
    path,
    '-an',
    '-vf',
    `fps=${rate},scale=1:1:flags=area,format=gray`,
    '-f',
    'rawvideo',
  )
  const sound = await ffmpegOutput(
    '-i',
    path,
    '-vn',
    '-af',
    'aresample=48000',
    '-ac',
    '1',
    '-f',
    's16le',
  )
  const loud = Array.from({ length: Math.floor(sound.length / 960) }, (_, block) => {
    let peak = 0
    for (let at = block * 960; at < (block + 1) * 960; at += 2)
      peak = Math.max(peak, Math.abs(sound.readInt16LE(at)))
    return peak > 6000
  })
  return { flashes: edges([...light].map((value) => value > 128)), beeps: edges(loud) }
}

/** Seconds at which values become true. There are 100 values a second. */
const edges = (values: boolean[]): number[] =>
  values.flatMap((value, at) => (value && !values[at - 1] ? [at / 100] : []))
