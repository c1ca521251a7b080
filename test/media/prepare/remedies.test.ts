import { stat } from 'node:fs/promises'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { runToFit } from '../../../main/media/prepare/prepare-clip'
import { bitrateFor, bufferSeconds, checkFile, forecast, planClip } from '../../../main/preflight'
import { type Fix, pixelsOf, type Selection } from '../../../preload/contract'
import { readFrameNumbers, readSync } from '../../support/frame-numbers'
import { withLateTracks } from '../../support/late-tracks'
import { cachedFile, ffmpeg, ffmpegOutput, makeClip } from '../../support/make-media'
import { makeImage } from '../../support/make-media-images'
import { mediaFolder, tools } from '../../support/media-folder'
import { testTools } from '../../support/test-tools'

const { fresh } = mediaFolder()

const apply = async (path: string, fix: Partial<Fix>, selection: Selection | null = null) => {
  const source = await tools.inspect(path)
  const whole: Fix = { remedies: [], background: '#000000', ...fix }
  const output = fresh(source.kind === 'image' ? '.png' : '.mp4')
  await tools.prepare({ ...whole, path, facts: source, selection }, output)
  const facts = await tools.inspect(output)
  const said = forecast(output, source, selection, whole)
  expect(checkFile(facts, output)).toMatchObject({ verdict: said.report.verdict })
  expect(pixelsOf(facts)).toEqual(pixelsOf(said.facts))
  return { source, facts, output, said }
}

/** Mean colour of a corner of the first frame. */
const cornerOf = async (path: string, at: { left: number; top: number }) => {
  const frame = path.endsWith('.png')
    ? sharp(path)
    : sharp(await ffmpegOutput('-i', path, '-frames:v', '1', '-f', 'image2pipe', '-c:v', 'png'))
  const { channels } = await sharp(
    await frame
      .extract({ ...at, width: 8, height: 8 })
      .png()
      .toBuffer(),
  ).stats()
  return channels.slice(0, 3).map(({ mean }) => Math.round(mean))
}

/** Red, green, blue and white quarters. */
const quarters = (extension: string) =>
  cachedFile({ quarters: 1, extension }, `quarters${extension}`, (path) =>
    ffmpeg(
      ...['red', 'lime', 'blue', 'white'].flatMap((colour) => [
        '-f',
        'lavfi',
        '-i',
        `color=${colour}:s=400x300:d=2:r=10`,
      ]),
      '-filter_complex',
      '[0][1]hstack[a];[2][3]hstack[b];[a][b]vstack,format=yuv444p',
      ...(extension === '.png' ? ['-frames:v', '1'] : ['-c:v', 'libx264', '-qp', '0']),
      path,
    ),
  )

describe('a crop with a frame', () => {
  test.each(['.mp4', '.png'])('keeps what is inside the frame: %s', async (extension) => {
    const { facts, output } = await apply(await quarters(extension), {
      remedies: ['crop'],
      crop: { x: 0.5, y: 0, width: 0.5, height: 0.5 },
    })
    expect(facts).toMatchObject({ width: 400, height: 300 })
    const [red = 0, green = 0, blue = 0] = await cornerOf(output, { left: 4, top: 4 })
    expect(green).toBeGreaterThan(230)
    expect(Math.max(red, blue)).toBeLessThan(25)
  })

  test('of a small part is enlarged to the minimum size', async () => {
    const { facts, said } = await apply(await quarters('.mp4'), {
      remedies: ['crop'],
      crop: { x: 0.6, y: 0.6, width: 0.15, height: 0.2 },
    })
    expect(facts).toMatchObject({ width: 240, height: 240 })
    expect(said.report.verdict).toBe('pass')
  })

  test('of a rotated clip counts displayed pixels', async () => {
    const path = await makeClip({ picture: 'numbered', width: 640, height: 480, rotation: 90 })
    const { facts } = await apply(path, {
      remedies: ['crop'],
      crop: { x: 0, y: 0.25, width: 1, height: 0.5 },
    })
    expect(facts).toMatchObject({ width: 480, height: 320, rotation: 0 })
  })
})

describe('padding', () => {
  test.each(['.mp4', '.png'])('with a blurred copy of the picture: %s', async (extension) => {
    const path =
      extension === '.png'
        ? await makeImage({ format: 'png', width: 3000, height: 250 })
        : await makeClip({ width: 1600, height: 160, seconds: 2, rate: 10 })
    const filled = await apply(path, { remedies: ['pad'], pad: 'blur' })
    const plain = await apply(path, { remedies: ['pad'], background: '#ff0000' })
    expect(filled.said.report.verdict).toBe('pass')
    expect(await cornerOf(plain.output, { left: 0, top: 0 })).toEqual([
      expect.closeTo(255, -1),
      expect.closeTo(0, -1),
      expect.closeTo(0, -1),
    ])
    const [red = 0, green = 0, blue = 0] = await cornerOf(filled.output, { left: 0, top: 0 })
    // Not the default background, black.
    expect(red + green + blue).toBeGreaterThan(20)
  })
})

test('the chosen track is kept', async () => {
  const path = await cachedFile({ unlike: 1 }, 'unlike.mp4', async (made) => {
    const small = await makeClip({ seconds: 3 })
    const large = await makeClip({ seconds: 4, width: 640, height: 360, rate: 25 })
    await ffmpeg('-i', small, '-i', large, '-map', '0:v', '-map', '1:v', '-c', 'copy', made)
  })
  for (const remedies of [['keep-first-track'], ['keep-first-track', 're-encode']] as const) {
    const { source, facts } = await apply(path, { remedies: [...remedies], track: 1 })
    expect(source).toMatchObject({ videoTracks: 2, width: 320, tracks: [{}, { width: 640 }] })
    expect(facts).toMatchObject({ videoTracks: 1, width: 640, height: 360, frameRate: 25 })
    expect(facts).not.toHaveProperty('tracks')
  }
})

describe('a clip whose video begins after its audio', () => {
  const late = () =>
    withLateTracks({ seconds: 6, picture: 'flash', sound: 'beeps' }, { picture: 0.5 })

  test('is cut by its own clock', async () => {
    const { source, output } = await apply(
      await late(),
      { remedies: ['re-encode'] },
      { start: 1.2, end: 5.2 },
    )
    expect(source).toMatchObject({ videoStart: expect.closeTo(0.5, 2) })
    const { flashes, beeps } = await readSync(output)
    // Flashes were at 0.5, 1.5, … and beeps at 0, 1, …
    expect(flashes[0]).toBeCloseTo(0.3, 1)
    expect(beeps[0]).toBeCloseTo(0.8, 1)
  })

  test('loses the audio before the first picture when all of it is encoded', async () => {
    const { facts, said } = await apply(await late(), { remedies: ['re-encode'] })
    expect(facts).toMatchObject({ durations: { video: expect.closeTo(6, 1) } })
    expect(facts).not.toHaveProperty('videoStart')
    expect(said.outcome.after.seconds).toBeCloseTo(6, 1)
  })

  test('keeps its last frames', async () => {
    const shape = { seconds: 4, picture: 'numbered', sound: 'tone' } as const
    const numbered = await withLateTracks(shape, { picture: 0.5 })
    const { output } = await apply(numbered, {}, { start: 2.5, end: 4.5 })
    const numbers = await readFrameNumbers(output)
    expect([numbers[0], numbers.at(-1)]).toEqual([60, 119])
  })
})

test.each([200_000, 1_000_000])(
  'a clip that hardly compresses is made to fit %i bytes, in several runs if needed',
  async (maxBytes) => {
    const path = await makeClip({ picture: 'noise', seconds: 2, width: 640, height: 360 })
    const facts = await tools.inspect(path)
    if (facts.kind !== 'video') throw new Error('expected a clip')
    const plan = planClip(facts, null, { remedies: ['fit-size'] })
    if (plan.how !== 'encode') throw new Error('expected an encode')
    const output = fresh('.mp4')
    const preparation = { path, facts, selection: null, remedies: [], background: '#000000' }
    const tight = { ...plan, maxBytes, maxBitrate: bitrateFor(maxBytes * 2.5, 2) }
    const { command } = await runToFit(preparation, tight, output, testTools, {})
    const { size } = await stat(output)
    expect(size).toBeLessThanOrEqual(maxBytes)
    expect(size).toBeGreaterThan(maxBytes * 0.5)
    expect(command).not.toContain(`${tight.maxBitrate}`)
  },
)

test('the bitrate for ten seconds leaves room below the limit', () => {
  const seconds = 10
  const most = bitrateFor(96_000_000, seconds) * (seconds + bufferSeconds) + 192_000 * seconds
  expect(most / 8).toBeLessThan(97_500_000)
})
