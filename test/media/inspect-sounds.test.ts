import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeClip } from '../support/make-media'
import { makeSound, type SoundShape } from '../support/make-sound'
import { mediaFolder, tools } from '../support/media-folder'

const { folder } = mediaFolder()

const inspect = async (shape: SoundShape) => await tools.inspect(await makeSound(shape))

describe('the content decides, not the name', () => {
  test.each<[SoundShape, string, string]>([
    [{}, 'wav', 'pcm_s16le'],
    [{ codec: 'pcm_s24le', rate: 192_000, channels: 2 }, 'wav', 'pcm_s24le'],
    [{ rate: 8000 }, 'wav', 'pcm_s16le'],
    [{ codec: 'adpcm_ms' }, 'wav', 'adpcm_ms'],
    [{ extension: '.mp3' }, 'mp3', 'mp3'],
    [{ extension: '.mp3', coverArt: true }, 'mp3', 'mp3'],
    [{ extension: '.mp3', named: '.wav' }, 'mp3', 'mp3'],
    [{ extension: '.flac', named: '.mp4' }, 'flac', 'flac'],
    [{ extension: '.ogg' }, 'ogg', 'vorbis'],
    [{ extension: '.aac' }, 'aac', 'aac'],
    [{ extension: '.aiff' }, 'aiff', 'pcm_s16be'],
  ])('%j', async (shape, format, codec) => {
    const facts = await inspect(shape)
    expect(facts).toMatchObject({
      kind: 'sound',
      format,
      codec,
      channels: shape.channels ?? 1,
      sampleRate: shape.rate ?? 44_100,
      complete: true,
      decodes: true,
    })
    if (facts.kind === 'sound') expect(facts.duration).toBeCloseTo(4, 0)
  })
})

test.each([
  [{ seconds: 2, extension: '.wav' }, 2],
  [{ seconds: 30, extension: '.mp3' }, 30],
  [{ seconds: 75, rate: 8000, extension: '.wav' }, 75],
])('the length of %j', async (shape, seconds) => {
  const facts = await inspect(shape)
  // An MP3 has up to two frames of silence.
  expect(facts.kind === 'sound' && facts.duration).toBeGreaterThanOrEqual(seconds)
  expect(facts.kind === 'sound' && facts.duration).toBeLessThan(seconds + 0.1)
})

test.each([
  [{ gain: 12 }, -6.1],
  [{ gain: -20 }, -38.1],
  [{ silent: true }, -120],
])('the loudest sample of %j is at %d dB', async (shape, peak) => {
  const facts = await inspect(shape)
  expect(facts.kind === 'sound' && facts.peak).toBeCloseTo(peak, 0)
})

test.each<SoundShape>([
  { seconds: 8, keep: 0.5 },
  { seconds: 8, keep: 0.5, extension: '.mp3' },
  { seconds: 8, keep: 0.75, extension: '.mp3', coverArt: true },
])('%j is cut off, and lasts as long as what is there', async (shape) => {
  const facts = await inspect(shape)
  expect(facts).toMatchObject({ kind: 'sound', complete: false, decodes: true })
  const seconds = 8 * (shape.coverArt ? 0.72 : (shape.keep ?? 1))
  expect(facts.kind === 'sound' && facts.duration).toBeGreaterThan(seconds - 0.7)
  expect(facts.kind === 'sound' && facts.duration).toBeLessThan(seconds + 0.7)
})

test('a header without sound, and bytes that only look like a frame', async () => {
  const header = join(folder, 'header.wav')
  await writeFile(header, Buffer.from('RIFF\x24\0\0\0WAVEnothing more', 'latin1'))
  expect(await tools.inspect(header)).toMatchObject({ kind: 'other', format: 'audio' })
  const frame = join(folder, 'frame.mp3')
  await writeFile(frame, Buffer.concat([Buffer.from([0xff, 0xfb, 0x90]), Buffer.alloc(3000, 7)]))
  expect(['other', 'sound']).toContain((await tools.inspect(frame)).kind)
})

test('a clip stays a clip, also one without a picture', async () => {
  expect(await tools.inspect(await makeClip({ sound: 'tone' }))).toMatchObject({ kind: 'video' })
  expect(await inspect({ extension: '.m4a' })).toMatchObject({ kind: 'video', container: 'm4a' })
})
