import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { checkFile, forecast, remediesOf } from '../../../main/preflight'
import type { Fix } from '../../../preload/contract'
import { readFrameNumbers, readSync } from '../../support/frame-numbers'
import { withLateTracks } from '../../support/late-tracks'
import { type ClipShape, cachedFile, ffmpeg, makeClip } from '../../support/make-media'
import { clipOf, mediaFolder, tools } from '../../support/media-folder'

const { fresh, keep } = mediaFolder()

/** Applies every remedy that is promised for a clip, and expects what is promised. Gives facts and path. */
const mend = async (path: string) => {
  const facts = clipOf(await tools.inspect(path, { decode: true }))
  const fix: Fix = { remedies: remediesOf(checkFile(facts, path)), background: '#000000' }
  const said = forecast(path, facts, null, fix)
  expect(said.report).toMatchObject({ verdict: 'pass' })
  const output = fresh('.mp4')
  await tools.prepare({ ...fix, path, facts, selection: null }, output)
  const made = clipOf(await tools.inspect(output, { decode: true }))
  expect(checkFile(made, output)).toMatchObject({ verdict: 'pass' })
  expect(made.durations.video).toBeCloseTo(said.outcome.after.seconds ?? 0, 1)
  return { facts, made, output, remedies: fix.remedies }
}

/** Long sound, so that the clip needs a fix. */
const shape: ClipShape = {
  seconds: 4,
  picture: 'flash',
  sound: 'beeps',
  soundSeconds: 30,
  faststart: true,
}

describe('what begins late is cut to the picture', () => {
  test.each([0.02, 0.6, 3, 7.3, 20])('the picture %d s after the sound', async (picture) => {
    const { facts, made, output } = await mend(await withLateTracks(shape, { picture }))
    expect(facts.videoStart ?? 0).toBeCloseTo(picture >= 0.1 ? picture : 0, 1)
    expect(made.durations.container).toBeLessThan(4.1)
    const { flashes, beeps } = await readSync(output)
    // Flashes begin with the picture, beeps stay at the whole seconds of the source.
    expect(flashes[0]).toBeCloseTo(0, 1)
    expect(beeps.find((at) => at > 0.06)).toBeCloseTo(
      (Math.floor(picture) + 1 - picture) % 1 || 1,
      1,
    )
  })

  test.each([0.02, 0.6, 3])('the sound %d s after the picture', async (sound) => {
    const { made, output } = await mend(await withLateTracks(shape, { sound }))
    expect(made.durations.container).toBeLessThan(4.1)
    const { flashes, beeps } = await readSync(output)
    expect(flashes[0]).toBeCloseTo(0, 1)
    expect(beeps[0]).toBeCloseTo(sound, 1)
  })

  test.each([7.3, 20])('sound that begins %d s after the picture has ended', async (sound) => {
    const { made } = await mend(await withLateTracks(shape, { sound }))
    expect(made.durations).toMatchObject({ video: 4, container: expect.closeTo(4, 1) })
  })

  test.each(['.mkv', '.ts'])('a late picture in %s', async (extension) => {
    const late = await withLateTracks({ ...shape, soundSeconds: 16 }, { picture: 7.3 })
    const path = await cachedFile({ late: 7.3, extension }, `late${extension}`, (made) =>
      ffmpeg('-i', late, '-map', '0', '-c', 'copy', made),
    )
    const { facts } = await mend(path)
    expect(facts.videoStart).toBeCloseTo(7.3, 1)
  })
})

describe('lengths at the limits', () => {
  test.each<[string, ClipShape]>([
    ['a transport stream of 10 s', { extension: '.ts', seconds: 10, rate: 30, bFrames: 2 }],
    ['one with 29.97 fps', { extension: '.ts', seconds: 9.98, rate: '30000/1001', sound: 'tone' }],
    ['an MKV of 10 s', { extension: '.mkv', seconds: 10, rate: 30, bFrames: 2 }],
    ['an MKV of 2 s', { extension: '.mkv', seconds: 2, rate: 30, bFrames: 2 }],
    ['a Flash video of 10 s', { extension: '.flv', seconds: 10, rate: 30 }],
  ])('%s', async (_, clip) => {
    const { made } = await mend(await makeClip({ picture: 'black', ...clip }))
    expect(made.durations.video).toBeGreaterThanOrEqual(2)
    expect(made.durations.video).toBeLessThanOrEqual(10)
  })

  test('nobody reads 10.00001 s', async () => {
    const facts = clipOf(await tools.inspect(await makeClip()))
    const durations = { container: 10.00001, video: 10.00001, ignoringEdits: 10.00001 }
    const [message] = checkFile({ ...facts, durations }, 'a.mp4').findings.flatMap((finding) =>
      finding.rule === 'duration' ? finding.message : [],
    )
    expect(message).toBe('10.001 s long; the maximum is 10 s')
  })
})

/** Byte at which the picture number `wanted`, counted from 0, begins in an FLV. */
const tagOf = (bytes: Buffer, wanted: number): number => {
  let seen = 0
  for (let at = 13; at + 11 < bytes.length; at += 15 + bytes.readUIntBE(at + 1, 3)) {
    // The first one has the decoder's settings.
    if (bytes[at] === 9 && seen++ === wanted + 1) return at
  }
  throw new Error('no such picture')
}

test('a container that lies about its length is not promised a conversion', async () => {
  const bytes = await readFile(await makeClip({ extension: '.flv', seconds: 3, picture: 'black' }))
  const path = await keep(bytes.subarray(0, tagOf(bytes, 2)), '.flv')
  const facts = clipOf(await tools.inspect(path))
  expect(facts.durations.video).toBeLessThan(0.1)
  const report = checkFile(facts, path)
  expect(report).toMatchObject({ verdict: 'fail' })
  const fix = { remedies: remediesOf(report), background: '#000000' }
  expect(forecast(path, facts, null, fix).report).toMatchObject({ verdict: 'fail' })
})

test('a copy of the streams is not offered where it would show frames in the wrong order', async () => {
  const path = await makeClip({ extension: '.avi', picture: 'numbered', bFrames: 2, seconds: 2.4 })
  const { facts, remedies, output } = await mend(path)
  expect(facts).toMatchObject({ timesRise: false })
  expect(remedies).toEqual(['re-encode'])
  expect(await readFrameNumbers(output)).toEqual(Array.from({ length: 72 }, (_, frame) => frame))
})

describe('frames that cannot be decoded', () => {
  test.each<[string, ClipShape]>([
    ['no frame at all', { spoilt: [0, 1] }],
    ['none at the end', { spoilt: [0.6, 1], keyframes: 30, picture: 'noise' }],
  ])('%s: no remedy is promised', async (_, clip) => {
    const path = await makeClip({ seconds: 4, ...clip })
    const quick = checkFile(await tools.inspect(path), path)
    expect(quick.findings.map(({ rule }) => rule)).not.toContain('decodes')
    const report = checkFile(await tools.inspect(path, { decode: true }), path)
    expect(report.findings).toContainEqual(
      expect.objectContaining({ rule: 'decodes', level: 'fail', measured: false, limit: true }),
    )
    expect(remediesOf(report)).toEqual([])
  })

  test.each<ClipShape>([
    {},
    { extension: '.ts', seconds: 9 },
    { extension: '.mkv', seconds: 0.1 },
    { extension: '.avi', codec: 'mpeg4' },
    { extension: '.flv' },
    { extension: '.mov', codec: 'prores' },
    { fragmented: true, rotation: 90 },
    { hidden: 1.5, seconds: 5 },
    { variableRate: true, hdr: 'pq', codec: 'hevc' },
  ])('a sound clip is not accused: %j', async (clip) => {
    const facts = await tools.inspect(await makeClip(clip), { decode: true })
    expect(facts).toMatchObject({ framesDecode: true })
  })

  test('cannot be told of a clip that is encrypted', async () => {
    const facts = await tools.inspect(await makeClip({ encrypted: true }), { decode: true })
    expect(facts).not.toHaveProperty('framesDecode')
  })

  test('is told of the whole part of a clip that is cut off', async () => {
    const path = await makeClip({ seconds: 8, faststart: true, picture: 'noise', keep: 0.6 })
    const facts = await tools.inspect(path, { decode: true })
    expect(facts).toMatchObject({ complete: false, framesDecode: true })
  })
})
