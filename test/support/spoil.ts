import { readFile } from 'node:fs/promises'
import { bmpBytes } from './make-bmp'
import { makeClip } from './make-media'
import { makeImage } from './make-media-images'
import { pngBytes } from './make-png'
import type { Random } from './random'

type Spoil = (bytes: Buffer, random: Random) => Buffer

/** A place in the file, usually near the beginning: programs read it first, and damage there does most. */
const place = (bytes: Buffer, random: Random): number =>
  random.whole(0, (random.chance(0.7) ? Math.min(bytes.length, 4096) : bytes.length) - 1)

const interesting = [0, 1, 7, 8, 0x7f, 0x80, 0xff] as const
const words = [0, 1, 8, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff] as const

const flipBits: Spoil = (bytes, random) => {
  for (let count = random.whole(1, 24); count > 0; count--) {
    const at = place(bytes, random)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.whole(0, 7))
  }
  return bytes
}

const setBytes: Spoil = (bytes, random) => {
  for (let count = random.whole(1, 12); count > 0; count--)
    bytes[place(bytes, random)] = random.pick(interesting)
  return bytes
}

const setWords: Spoil = (bytes, random) => {
  for (let count = random.whole(1, 4); count > 0; count--) {
    const at = place(bytes, random)
    if (at + 4 <= bytes.length) bytes.writeUInt32BE(random.pick(words), at)
  }
  return bytes
}

const cutOff: Spoil = (bytes, random) =>
  bytes.subarray(0, random.whole(1, random.chance(0.3) ? 64 : bytes.length))

const cutOut: Spoil = (bytes, random) => {
  const from = place(bytes, random)
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + random.whole(1, 5000))])
}

const double: Spoil = (bytes, random) => {
  const from = place(bytes, random)
  const piece = bytes.subarray(from, from + random.whole(1, 5000))
  return Buffer.concat([bytes.subarray(0, from), piece, piece, bytes.subarray(from)])
}

const noise: Spoil = (bytes, random) => {
  const from = place(bytes, random)
  for (let at = from; at < Math.min(bytes.length, from + random.whole(16, 2000)); at++)
    bytes[at] = random.whole(0, 255)
  return bytes
}

const boxNames =
  'ftyp moov mvhd trak tkhd edts elst mdia mdhd hdlr minf stbl stsd stts ctts stsc stsz stco co64 dref moof traf tfhd trun mvex trex sidx mdat'.split(
    ' ',
  )

/** A box of an MP4 with another size, version, count or name. */
const operateOnBox: Spoil = (bytes, random) => {
  const name = boxNames[random.whole(0, boxNames.length - 1)] ?? 'moov'
  const at = bytes.indexOf(name, 0, 'latin1')
  if (at < 4 || at + 20 > bytes.length) return setWords(bytes, random)
  switch (random.whole(0, 3)) {
    case 0:
      bytes.writeUInt32BE(random.pick(words), at - 4)
      return bytes
    case 1:
      bytes.writeUInt32BE(random.pick(words), at + 4 + 4 * random.whole(0, 3))
      return bytes
    case 2:
      bytes.write(boxNames[random.whole(0, boxNames.length - 1)] ?? 'free', at, 'latin1')
      return bytes
    default: {
      // The box inside itself.
      const size = Math.min(bytes.readUInt32BE(at - 4), bytes.length - at + 4)
      const box = bytes.subarray(at - 4, at - 4 + Math.max(8, size))
      return Buffer.concat([bytes.subarray(0, at + 4), box, bytes.subarray(at + 4)])
    }
  }
}

const ways = [
  flipBits,
  flipBits,
  setBytes,
  setWords,
  setWords,
  cutOff,
  cutOut,
  double,
  noise,
  operateOnBox,
  operateOnBox,
  operateOnBox,
] as const

/** A damaged copy: bits flipped, words replaced, pieces removed or doubled, boxes changed. */
export const spoiled = (bytes: Buffer, random: Random): Buffer => {
  let result: Buffer = Buffer.from(bytes)
  for (let times = random.chance(0.3) ? 2 : 1; times > 0; times--) {
    result = random.pick(ways)(Buffer.from(result), random)
    if (result.length === 0) return Buffer.from([0])
  }
  return result
}

/** Small clips and images of many formats, with their names, to be damaged. */
export const spoilSources = async (): Promise<[string, Buffer][]> => {
  const clip = { seconds: 2, rate: 10, width: 240, height: 240 }
  const picture = { width: 240, height: 240 }
  const paths = await Promise.all([
    makeClip({ ...clip, sound: 'tone', faststart: true, bFrames: 2 }),
    makeClip({ ...clip, sound: 'tone' }),
    makeClip({ ...clip, fragmented: true, keyframes: 5, sound: 'tone' }),
    makeClip({ ...clip, extension: '.mov', codec: 'hevc', rotation: 90 }),
    makeClip({ ...clip, extension: '.mov', timecode: true }),
    makeClip({ ...clip, extension: '.mkv', sound: 'tone' }),
    makeClip({ ...clip, extension: '.webm', codec: 'vp9' }),
    makeClip({ ...clip, extension: '.avi', codec: 'mpeg4' }),
    makeClip({ ...clip, extension: '.ts' }),
    makeClip({ ...clip, encrypted: true }),
    makeImage({ ...picture, orientation: 6 }),
    makeImage({ ...picture, cmyk: true }),
    makeImage({ ...picture, format: 'webp', frames: 3 }),
    makeImage({ ...picture, format: 'webp', alpha: 'half' }),
    makeImage({ ...picture, format: 'gif', frames: 3 }),
    makeImage({ ...picture, format: 'tiff' }),
    makeImage({ ...picture, format: 'avif' }),
    makeImage({ ...picture, format: 'png', alpha: 'half' }),
  ])
  const files = await Promise.all(
    paths.map(async (path): Promise<[string, Buffer]> => [path, await readFile(path)]),
  )
  const small = { width: 240, height: 240 }
  return [
    ...files,
    ['a.png', pngBytes({ ...small, frames: 3 })],
    ['a.png', pngBytes({ ...small, kind: 'palette', transparency: [0] })],
    ['a.bmp', bmpBytes({ ...small, bits: 8, compression: 'rle8' })],
    ['a.bmp', bmpBytes({ ...small, bits: 32, header: 124, compression: 'bitfields' })],
  ]
}
