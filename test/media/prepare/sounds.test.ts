import { describe, expect, test } from 'vitest'
import { checkFile, forecast, type Purpose, remediesOf } from '../../../main/preflight'
import type { Remedy, Selection, SoundFacts } from '../../../preload/contract'
import { ffmpegOutput, makeClip } from '../../support/make-media'
import { makeSound } from '../../support/make-sound'
import { mediaFolder, tools } from '../../support/media-folder'
import { testTools } from '../../support/test-tools'

const { fresh } = mediaFolder()
const sound: Purpose = { role: 'sound' }

/** Prepares a file as it is promised; gives what was made. */
const prepare = async (
  path: string,
  purpose: Purpose = sound,
  selection: Selection | null = null,
  remedies?: Remedy[],
): Promise<{ facts: SoundFacts; output: string; command: string }> => {
  const source = await tools.inspect(path)
  const fix = {
    remedies: remedies ?? remediesOf(checkFile(source, path, purpose)),
    background: '#000000',
  }
  const said = forecast(path, source, selection, fix, purpose)
  const output = fresh('.wav')
  const preparation = { ...fix, path, facts: source, selection, purpose }
  const { command } = await tools.prepare(preparation, output)
  const facts = await tools.inspect(output)
  if (facts.kind !== 'sound') throw new Error('no sound')
  expect(facts.duration).toBeCloseTo(said.outcome.after.seconds ?? 0, 3)
  expect(facts.bytes).toBe(said.outcome.after.bytes)
  return { facts, output, command }
}

/** Frequency of the tone in a part of a file, by counting where it crosses zero. */
const pitch = async (path: string, start: number): Promise<number> => {
  const part = ['-ss', `${start}`, '-t', '0.5', '-i', path, '-ac', '1', '-ar', '48000']
  const samples = await ffmpegOutput(...part, '-f', 's16le')
  let crossings = 0
  for (let at = 2; at < samples.length; at += 2)
    if (samples.readInt16LE(at - 2) < 0 !== samples.readInt16LE(at) < 0) crossings += 1
  return crossings
}

test('a quiet, huge and too long WAV becomes one that services accept', async () => {
  const path = await makeSound({
    ...{ seconds: 31, rate: 192_000, channels: 2, codec: 'pcm_s32le', gain: -25 },
  })
  const { facts, output } = await prepare(path)
  expect(facts).toMatchObject({
    ...{ format: 'wav', codec: 'pcm_s16le', sampleRate: 48_000, channels: 2, duration: 30 },
  })
  expect(facts.peak).toBeCloseTo(-1, 0)
  expect(checkFile(facts, output, sound).verdict).toBe('pass')
  expect(await pitch(output, 20)).toBeCloseTo(440, -1)
})

describe('a part', () => {
  test('is as long as chosen, to the sample', async () => {
    const path = await makeSound({ seconds: 12, extension: '.mp3' })
    const { facts } = await prepare(path, { role: 'voice' }, { start: 3.25, end: 7.5 })
    expect(facts.duration).toBeCloseTo(4.25, 3)
  })

  test('beyond the end of the file ends with it', async () => {
    const { facts } = await prepare(await makeSound(), sound, { start: 1, end: 60 })
    expect(facts.duration).toBeCloseTo(3, 3)
  })
})

test('the sound of a clip is taken, as long as its picture', async () => {
  const path = await makeClip({ seconds: 5, sound: 'tone', soundSeconds: 3 })
  const { facts, output, command } = await prepare(path)
  expect(facts.duration).toBeCloseTo(5, 1)
  expect(command).toContain(testTools.ffmpeg())
  expect(await pitch(output, 1)).toBeGreaterThan(100)
  expect(await pitch(output, 4)).toBe(0)
})

test('of a quiet clip it is made louder, and silence stays silent', async () => {
  const path = await makeSound({ extension: '.m4a', gain: -25 })
  expect((await prepare(path)).facts.peak).toBeCloseTo(-1, 0)
  const silent = await makeSound({ silent: true, extension: '.m4a' })
  expect((await prepare(silent)).facts.peak).toBe(-120)
})

test('a cover picture does not get into the WAV', async () => {
  const path = await makeSound({ extension: '.mp3', coverArt: true, seconds: 40 })
  const { facts, output } = await prepare(path)
  expect(facts).toMatchObject({ duration: 30, bytes: 44 + 30 * 44_100 * 2 })
  expect(checkFile(facts, output, sound).verdict).toBe('pass')
})

test('a file without sound is refused', async () => {
  const path = await makeClip({ sound: 'none' })
  const facts = await tools.inspect(path)
  const fix = { remedies: ['sound-track' as const], background: '#000000' }
  const preparation = { ...fix, path, facts, selection: null, purpose: sound }
  await expect(tools.prepare(preparation, fresh('.wav'))).rejects.toMatchObject({
    text: { key: 'media.not-possible' },
  })
})

test('a reference video may last 30 s, and is trimmed to that', async () => {
  const path = await makeClip({ seconds: 31, picture: 'black', rate: 5 })
  const purpose: Purpose = { role: 'reference-video' }
  const facts = await tools.inspect(path)
  const fix = { remedies: remediesOf(checkFile(facts, path, purpose)), background: '#000000' }
  const output = fresh('.mp4')
  await tools.prepare({ ...fix, path, facts, selection: null, purpose }, output)
  const made = await tools.inspect(output)
  expect(made).toMatchObject({ duration: 30 })
  expect(checkFile(made, output, purpose).verdict).toBe('pass')
})

test('the loudness over time of a sound is shown on its clock', async () => {
  const path = await makeSound({ seconds: 3 })
  const { perSecond, peaks } = await tools.waveform(path, await tools.inspect(path))
  expect(peaks.length / perSecond).toBeCloseTo(3, 1)
  expect(Math.max(...peaks)).toBeGreaterThan(0.3)
})
