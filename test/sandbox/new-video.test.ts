import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { createRequest, type NewVideoRequest } from '../../main/sandbox/create-request'
import { planNewVideo, type Source } from '../../main/sandbox/new-video-plan'
import { watermark } from '../../main/sandbox/watermark'
import { runTool } from '../../main/tools/run-tool'
import type { FileRole } from '../../preload/contract'
import { ffmpegOutput, makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { makeSound } from '../support/make-sound'
import { inspect } from '../support/start-sandbox'
import { temporaryFolder } from '../support/temporary-folder'
import { testTools } from '../support/test-tools'

// Real ffmpeg on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const request = (
  model: NewVideoRequest['model'],
  prompt: string,
  parameters: object = {},
): NewVideoRequest => {
  const media = model === 'wan2.7-t2v' ? {} : { media: [] }
  const parsed = createRequest.parse({
    ...{ model, input: { prompt, ...media } },
    parameters: { resolution: '720P', seed: 3, duration: 2, ...parameters },
  })
  if (parsed.model === 'wan2.7-videoedit') throw new Error('an edit')
  return parsed
}

const render = async (asked: NewVideoRequest, files: readonly (readonly [FileRole, string])[]) => {
  const sources: Source[] = []
  for (const [role, path] of files) sources.push({ role, path, facts: await inspect(path) })
  const folder = temporaryFolder()
  const places = {
    card: join(folder, 'card.pgm'),
    watermark: join(folder, 'mark.png'),
    output: join(folder, 'o.mp4'),
  }
  writeFileSync(places.watermark, watermark.png())
  const plan = planNewVideo(asked, sources, places, 1)
  if (plan.card) writeFileSync(places.card, plan.card)
  const args = ['-v', 'error', '-nostdin', '-y', ...plan.args]
  const run = await runTool(testTools.ffmpeg(), args, { timeout: 100_000 })
  if (run.code !== 0) throw new Error(run.stderr)
  const facts = await inspect(places.output)
  if (facts.kind !== 'video') throw new Error('no clip')
  return { output: places.output, facts }
}

/** The picture at a time, small and in colour: rows of pixels of three bytes. */
const frameAt = async (path: string, seconds: number, width = 32, height = 18): Promise<Buffer> =>
  await ffmpegOutput(
    ...[
      '-ss',
      `${seconds}`,
      '-i',
      path,
      '-frames:v',
      '1',
      '-vf',
      `scale=${width}:${height}:flags=area`,
    ],
    ...['-f', 'rawvideo', '-pix_fmt', 'rgb24'],
  )

const difference = (a: Buffer, b: Buffer): number =>
  a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length

const meanOf = (pixels: Buffer): number[] =>
  [0, 1, 2].map((channel) => {
    let sum = 0
    for (let at = channel; at < pixels.length; at += 3) sum += pixels[at] ?? 0
    return sum / (pixels.length / 3)
  })

/** The loudest sample of a part, 0..1. */
const loudness = async (path: string, start: number, length = 0.4): Promise<number> => {
  const part = ['-ss', `${start}`, '-t', `${length}`, '-i', path, '-ac', '1']
  const samples = await ffmpegOutput(...part, '-f', 's16le')
  let loudest = 0
  for (let at = 0; at + 1 < samples.length; at += 2)
    loudest = Math.max(loudest, Math.abs(samples.readInt16LE(at)))
  return loudest / 32_768
}

/** How far the brightest and the darkest pixels of the label's place lie apart: letters are white with a dark edge. */
const labelContrast = async (path: string, width: number, height: number): Promise<number> => {
  const crop = `crop=240:44:${width - 262}:${height - 64}`
  const pixels = await ffmpegOutput(
    ...[
      '-ss',
      '1',
      '-i',
      path,
      '-frames:v',
      '1',
      '-vf',
      crop,
      '-f',
      'rawvideo',
      '-pix_fmt',
      'gray',
    ],
  )
  const sorted = pixels.toSorted()
  return (sorted.at(-20) ?? 0) - (sorted[20] ?? 0)
}

describe('words', () => {
  test.each([
    ['16:9', 1280, 720],
    ['9:16', 720, 1280],
    ['1:1', 960, 960],
  ])(
    'become a card of %s with its length, label and moving picture',
    async (ratio, width, height) => {
      const asked = request('wan2.7-t2v', 'A red boat drifts past a blue lighthouse', { ratio })
      const { facts, output } = await render(asked, [])
      expect(facts).toMatchObject({ width, height, frameRate: 30, audio: [], sar: '1:1' })
      expect(facts.durations.video).toBeCloseTo(2, 2)
      expect(await labelContrast(output, width, height)).toBeGreaterThan(90)
      expect(difference(await frameAt(output, 0), await frameAt(output, 1.8))).toBeGreaterThan(4)
    },
  )

  test.each([
    ['a red rose', 0],
    ['a green meadow', 1],
    ['蓝色的海', 2],
  ])('"%s" has its colour', async (prompt, channel) => {
    const { output } = await render(request('wan2.7-t2v', prompt), [])
    const mean = meanOf(await frameAt(output, 1))
    expect(mean.indexOf(Math.max(...mean))).toBe(channel)
  })

  test('are seen: another prompt of the same colours and seed is another picture', async () => {
    const [one, other, none] = await Promise.all(
      ['red fox', 'red wolf in deep snow, running', '[slow] red'].map(
        async (prompt) => (await render(request('wan2.7-t2v', prompt), [])).output,
      ),
    )
    const shown = async (path = '') => await frameAt(path, 1, 128, 72)
    expect(difference(await shown(one), await shown(other))).toBeGreaterThan(3)
    expect(difference(await shown(one), await shown(none))).toBeGreaterThan(1)
  })

  test('play the sound from the start, and silence after it', async () => {
    const sound = await makeSound({ seconds: 2 })
    const asked = request('wan2.7-t2v', 'a drum', { duration: 4 })
    const { facts, output } = await render(asked, [['sound', sound]])
    expect(facts.audio).toMatchObject([{ codec: 'aac', channels: 2 }])
    expect(facts.durations.container).toBeCloseTo(4, 1)
    expect(await loudness(output, 0.5)).toBeGreaterThan(0.2)
    expect(await loudness(output, 3)).toBeLessThan(0.01)
  })
})

describe('an image', () => {
  const first = () => makeImage({ format: 'png', width: 640, height: 480 })

  test('moves slowly in its own ratio, and begins as it is', async () => {
    const { facts, output } = await render(request('wan2.7-i2v', ''), [
      ['first-frame', await first()],
    ])
    expect(facts).toMatchObject({ width: 1108, height: 832, frameRate: 30 })
    expect(facts.durations.video).toBeCloseTo(2, 2)
    const source = await frameAt(await first(), 0)
    expect(difference(source, await frameAt(output, 0))).toBeLessThan(8)
    expect(difference(await frameAt(output, 0), await frameAt(output, 1.9))).toBeGreaterThan(2)
    expect(await labelContrast(output, 1108, 832)).toBeGreaterThan(90)
  })

  test('goes over to the last frame, which the result ends with', async () => {
    const last = await makeImage({ format: 'png', width: 640, height: 480, grey: true })
    const { output } = await render(request('wan2.7-i2v', '', { duration: 3 }), [
      ['last-frame', last],
      ['first-frame', await first()],
    ])
    const [begin, end] = [await frameAt(output, 0), await frameAt(output, 2.95)]
    expect(difference(begin, await frameAt(await first(), 0))).toBeLessThan(8)
    expect(difference(end, await frameAt(last, 0))).toBeLessThan(8)
  })

  test('of a camera is upright', async () => {
    const turned = await makeImage({ format: 'jpeg', width: 480, height: 640, orientation: 6 })
    const { facts } = await render(request('wan2.7-i2v', ''), [['first-frame', turned]])
    const made = await inspect(turned)
    const size = made.kind === 'image' ? (made.width ?? 0) / (made.height ?? 1) : 0
    expect((facts.width ?? 0) / (facts.height ?? 1)).toBeCloseTo(size, 1)
  })
})

describe('a clip', () => {
  const clip = () => makeClip({ seconds: 2, sound: 'tone', rate: '30000/1001' })

  test('is continued from its last frame, with its own rate, size and sound', async () => {
    const { facts, output } = await render(request('wan2.7-i2v', '', { duration: 5 }), [
      ['clip', await clip()],
    ])
    expect(facts).toMatchObject({ width: 1108, height: 832, frameRate: expect.closeTo(29.97, 2) })
    expect(facts.durations.video).toBeCloseTo(5, 1)
    const source = await clip()
    expect(difference(await frameAt(source, 1), await frameAt(output, 1))).toBeLessThan(8)
    expect(difference(await frameAt(source, 1.95), await frameAt(output, 2.2))).toBeLessThan(8)
    expect(difference(await frameAt(output, 2.2), await frameAt(output, 4.9))).toBeGreaterThan(2)
    expect(await loudness(output, 1)).toBeGreaterThan(0.05)
    expect(await loudness(output, 4)).toBeLessThan(0.01)
  })

  test('goes over to a last frame', async () => {
    const last = await makeImage({ format: 'png', width: 640, height: 480, grey: true })
    const { output } = await render(request('wan2.7-i2v', '', { duration: 4 }), [
      ['clip', await clip()],
      ['last-frame', last],
    ])
    expect(difference(await frameAt(output, 3.9), await frameAt(last, 0))).toBeLessThan(8)
  })
})

describe('references', () => {
  test('become a collage in which each moves, with their voices one after the other', async () => {
    const files = [
      ['reference-image', await makeImage({ format: 'png', width: 500, height: 300 })],
      ['voice', await makeSound({ seconds: 1 })],
      ['reference-video', await makeClip({ seconds: 2 })],
      ['reference-image', await makeImage({ format: 'jpeg', width: 300, height: 500 })],
      ['voice', await makeSound({ seconds: 8 })],
    ] as const
    const asked = request('wan2.7-r2v', 'Image 1 meets Video 1', { duration: 4, ratio: '9:16' })
    const { facts, output } = await render(asked, files)
    expect(facts).toMatchObject({ width: 720, height: 1280, audio: [{ codec: 'aac' }] })
    expect(facts.durations.video).toBeCloseTo(4, 2)
    expect(await loudness(output, 0.3)).toBeGreaterThan(0.2)
    expect(await loudness(output, 1.4)).toBeLessThan(0.01)
    expect(await loudness(output, 3)).toBeGreaterThan(0.2)
    const [early, late] = [await frameAt(output, 0, 36, 64), await frameAt(output, 3.5, 36, 64)]
    expect(difference(early, late)).toBeGreaterThan(3)
    expect(await labelContrast(output, 720, 1280)).toBeGreaterThan(90)
  })

  test('lie on the first frame, in its ratio', async () => {
    const asked = request('wan2.7-r2v', 'x', { ratio: '9:16' })
    const { facts } = await render(asked, [
      ['first-frame', await makeImage({ format: 'png', width: 800, height: 400 })],
      ['reference-video', await makeClip({ seconds: 1 })],
    ])
    expect(facts).toMatchObject({ width: 1358, height: 678 })
  })
})
