import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { z } from 'zod'
import { cachedFile, ffmpeg, ffmpegOutput, makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { runInProcess } from '../support/run-cli'
import { temporaryFolder } from '../support/temporary-folder'

const checkedFile = z.object({
  verdict: z.string(),
  facts: z.looseObject({ width: z.number(), height: z.number(), duration: z.number().optional() }),
})

type Colour = readonly [red: number, green: number, blue: number]

/** A clip with a red track of 320 × 240 and a blue one of 120 × 160, which the model refuses. */
const redAndBlue = () =>
  cachedFile({ tracks: 'red 320x240, blue 120x160' }, 'two.mp4', (file) =>
    ffmpeg(
      ...['-f', 'lavfi', '-i', 'color=c=red:s=320x240:r=25:d=3'],
      ...['-f', 'lavfi', '-i', 'color=c=blue:s=120x160:r=25:d=3'],
      ...['-map', '0:v', '-map', '1:v', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', file],
    ),
  )

/** A clip with a green left half and a white right half. */
const halves = (width: number, height: number) =>
  cachedFile({ halves: { width, height } }, 'halves.mp4', (file) =>
    ffmpeg(
      ...['-f', 'lavfi', '-i', `color=c=green:s=${width / 2}x${height}:r=25:d=3`],
      ...['-f', 'lavfi', '-i', `color=c=white:s=${width / 2}x${height}:r=25:d=3`],
      ...['-filter_complex', 'hstack', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', file],
    ),
  )

/** The first frame scaled to one pixel for each named place, from left to right and top to bottom. */
const colours = async (file: string, columns: number, rows: number): Promise<Colour[]> => {
  const pixels = await ffmpegOutput(
    ...['-i', file, '-vframes', '1', '-vf', `scale=${columns}:${rows}:flags=area,format=rgb24`],
    ...['-f', 'rawvideo'],
  )
  return Array.from({ length: columns * rows }, (_, index) => {
    const [red = -1, green = -1, blue = -1] = pixels.subarray(index * 3, index * 3 + 3)
    return [red, green, blue]
  })
}

const near = (found: Colour | undefined, wanted: Colour): boolean =>
  wanted.every((value, index) => Math.abs((found?.[index] ?? -1000) - value) <= 24)

const prepare = async (file: string, extension: string, ...options: string[]) => {
  const out = path.join(temporaryFolder(), `out${extension}`)
  const run = await runInProcess(['prepare', file, '-o', out, ...options])
  expect(run).toMatchObject({ code: 0, stderr: expect.not.stringContaining('fail') })
  const checked = (await runInProcess(['check', '--json', out])).documents()
  const [{ verdict, facts: is }] = z.tuple([checkedFile]).parse(checked)
  expect(verdict).toBe('pass')
  return { ...run, out, is }
}

describe('a clip of two video tracks', () => {
  it.each([
    ['the first by itself', [], { width: 320, height: 240 }, [254, 0, 0]],
    ['the first when asked', ['--track', '1'], { width: 320, height: 240 }, [254, 0, 0]],
    [
      'the second, mended by what that one needs',
      ['--track', '2'],
      { width: 240, height: 320 },
      [0, 0, 254],
    ],
  ] as const)('keeps %s', async (_name, options, size, colour) => {
    const { out, is } = await prepare(await redAndBlue(), '.mp4', ...options)
    expect(is).toMatchObject({ ...size, codec: 'h264' })
    const [middle] = await colours(out, 1, 1)
    expect(near(middle, colour), String(middle)).toBe(true)
  })

  it('reports the number of tracks for a track that does not exist', async () => {
    const words = ['prepare', await redAndBlue(), '-o', 'out.mp4', '--track', '3']
    const run = await runInProcess(words, { cwd: temporaryFolder() })
    expect(run.code).toBe(1)
    expect(run.stderr).toContain('has no video track 3; it has 2')
  })
})

describe('a ratio that is not allowed', () => {
  it.each([
    ['black above and below, left to itself', [], [0, 0, 0]],
    ['a colour', ['--fit', 'colour', '--colour', '#ff0000'], [254, 0, 0]],
    ['a colour without #, as Americans spell it', ['--color', '0000FF'], [0, 0, 254]],
  ] as const)('is filled with %s', async (_name, options, colour) => {
    const { out, is } = await prepare(await halves(2560, 256), '.mp4', ...options)
    expect(is).toMatchObject({ width: 2560, height: 320 })
    const [top, ...rest] = await colours(out, 1, 10)
    expect(near(top, colour), String(top)).toBe(true)
    expect(near(rest.at(-1), colour), String(rest.at(-1))).toBe(true)
  })

  it('is padded with a blurred copy', async () => {
    const { out, is } = await prepare(await halves(2560, 256), '.mp4', '--fit', 'blur')
    expect(is).toMatchObject({ width: 2560, height: 320 })
    const [left, , , right] = await colours(out, 4, 20)
    expect(near(left, [0, 128, 0]), String(left)).toBe(true)
    expect(near(right, [255, 255, 255]), String(right)).toBe(true)
  })

  it('is cropped at the centre', async () => {
    const { out, is, stdout } = await prepare(await halves(2560, 256), '.mp4', '--fit', 'crop')
    expect(is).toMatchObject({ width: 2048, height: 256 })
    expect(stdout).toContain('cropped')
    const [left, , , right] = await colours(out, 4, 4)
    expect(near(left, [0, 128, 0]), String(left)).toBe(true)
    expect(near(right, [255, 255, 255]), String(right)).toBe(true)
  })
})

describe('a crop', () => {
  it('is applied, also to a clip that would pass', async () => {
    const { out, is } = await prepare(await halves(640, 480), '.mp4', '--crop', '320,100,300,280')
    expect(is).toMatchObject({ width: 300, height: 280 })
    const [left, right] = await colours(out, 2, 1)
    expect(near(left, [255, 255, 255]) && near(right, [255, 255, 255])).toBe(true)
  })

  it('to a ratio keeps the middle, whatever the shape of the pixels', async () => {
    const { out, is } = await prepare(await halves(640, 480), '.mp4', '--crop', '3:4')
    expect(is).toMatchObject({ width: 360, height: 480 })
    const [left, , , right] = await colours(out, 4, 1)
    expect(near(left, [0, 128, 0]), String(left)).toBe(true)
    expect(near(right, [255, 255, 255]), String(right)).toBe(true)
    const wide = await makeClip({ width: 720, height: 480, sar: '4/3' })
    expect((await prepare(wide, '.mp4', '--crop', '1:1')).is).toMatchObject({
      width: 480,
      height: 480,
    })
    const image = await makeImage({ width: 800, height: 600 })
    expect((await prepare(image, '.png', '--crop', '1:1')).is).toMatchObject({ width: 600 })
  })

  it('is applied to an image', async () => {
    const image = await makeImage({ width: 800, height: 600 })
    const { is } = await prepare(image, '.png', '--crop', '10,20,333,251')
    expect(is).toMatchObject({ width: 333, height: 251 })
  })

  it('outside the picture is refused with the picture’s size', async () => {
    const words = ['prepare', await halves(640, 480), '-o', 'out.mp4', '--crop', '400,0,300,300']
    const run = await runInProcess(words, { cwd: temporaryFolder() })
    expect(run.code).toBe(1)
    expect(run.stderr).toContain('640 × 480')
  })
})

describe('transparent pixels', () => {
  it.each([
    ['white by itself', [], [255, 255, 255]],
    ['the colour that is asked for', ['--colour', '#00ff00'], [0, 255, 0]],
  ] as const)('lie on %s', async (_name, options, colour) => {
    const image = await cachedFile({ alpha: 'nothing there' }, 'clear.png', (file) =>
      ffmpeg(
        ...['-f', 'lavfi', '-i', 'color=c=black@0:s=300x300,format=rgba', '-vframes', '1', file],
      ),
    )
    const { out } = await prepare(image, '.png', ...options)
    const [middle] = await colours(out, 1, 1)
    expect(near(middle, colour), String(middle)).toBe(true)
  })
})

describe('a selection', () => {
  it('ends at the requested time', async () => {
    const clip = await makeClip({ seconds: 12 })
    const { is, stdout } = await prepare(clip, '.mp4', '--start', '1', '--end', '4')
    expect(is.duration).toBeCloseTo(3, 2)
    expect(stdout).toMatch(/Changes: trimmed to 1\.00–4\.00 s\n/)
  })

  it('of the whole clip makes no cut and prints where the clip ends', async () => {
    const clip = await makeClip({ seconds: 6, extension: '.mov' })
    const out = path.join(temporaryFolder(), 'out.mp4')
    const run = await runInProcess(['prepare', clip, '-o', out, '--duration', '11'])
    expect(run.code).toBe(0)
    expect(run.stderr).toContain('clip.mov ends at 6.00 s; the selection ends there.\n')
    expect(run.stdout).not.toContain('took')
    expect(run.stdout).toContain('rewrapped as MP4')
    expect(run.stdout).toMatch(/-c(:v)? copy/)
  })
})

it('copies a clip without an extension and adds one', async () => {
  const clip = await makeClip({ name: 'clip' })
  const { stdout } = await prepare(clip, '.mp4')
  expect(stdout).toContain('needs no change. Copied')
})

describe('--only', () => {
  it('applies one remedy and no other', async () => {
    const clip = await makeClip({ width: 160, height: 120, codec: 'mpeg4' })
    const { is, stdout } = await prepare(clip, '.mp4', '--only', 'scale')
    expect(is).toMatchObject({ width: 320, height: 240 })
    expect(stdout).toMatch(/Changes: scaled\n/)
  })

  it.each(['flatten', 'scale'])('%s is refused where nothing needs it', async (remedy) => {
    const cwd = temporaryFolder()
    const words = ['prepare', await makeClip(), '-o', 'out.mp4', '--only', remedy]
    const run = await runInProcess(words, { cwd })
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toContain(`does not need ${remedy}`)
    expect(readdirSync(cwd)).toEqual([])
  })

  it('is refused when the result would still fail', async () => {
    const cwd = temporaryFolder()
    const clip = await makeClip({ seconds: 12, width: 160, height: 120 })
    const run = await runInProcess(['prepare', clip, '-o', 'out.mp4', '--only', 'scale'], { cwd })
    expect(run.code).toBe(1)
    expect(run.stderr).toMatch(/No file was written[\s\S]*duration/)
    expect(readdirSync(cwd)).toEqual([])
  })
})

const told = z.object({
  path: z.string(),
  written: z.boolean(),
  verdict: z.string(),
  remedies: z.array(z.string()),
  selection: z.object({ start: z.number(), end: z.number() }).nullable(),
  before: z.object({ seconds: z.number(), width: z.number(), height: z.number() }),
  after: z.object({ seconds: z.number(), width: z.number(), height: z.number() }),
  command: z.string().nullable(),
})

describe('the forecast', () => {
  it('is given before anything is written, and is correct', async () => {
    const cwd = temporaryFolder()
    const clip = await makeClip({ seconds: 12, width: 160, height: 120 })
    const words = ['prepare', clip, '-o', 'out.mp4', '--json']
    const read = (documents: unknown[]) => z.tuple([told]).parse(documents)[0]
    const dry = await runInProcess([...words, '--dry-run'], { cwd })
    const before = read(dry.documents())
    expect(before).toMatchObject({
      path: path.join(cwd, 'out.mp4'),
      written: false,
      verdict: 'pass',
      remedies: ['scale'],
      selection: { start: 0, end: 10 },
      before: { seconds: 12, width: 160, height: 120 },
      after: { seconds: 10, width: 320, height: 240 },
      command: null,
    })
    expect(existsSync(before.path)).toBe(false)
    const after = read((await runInProcess(words, { cwd })).documents())
    expect(after).toMatchObject({ written: true, verdict: 'pass', command: expect.any(String) })
    expect(after.after).toMatchObject({ width: 320, height: 240 })
    expect(after.after.seconds).toBeCloseTo(before.after.seconds, 3)
    expect(existsSync(after.path)).toBe(true)
  })

  it('is one line for people, before and after', async () => {
    const clip = await makeClip({ seconds: 12, width: 160, height: 120 })
    const { stdout } = await prepare(clip, '.mp4')
    expect(stdout).toMatch(/12\.00 s, 160 × 120, .* {2}→ {2}10\.00 s, 320 × 240, .*h264\n/)
  })
})

describe('temporary files of a killed prepare', () => {
  const left = '.out.0123abcd.part.mp4'
  const inTwoHours = () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 3_600_000 })
    onTestFinished(() => void vi.useRealTimers())
  }

  it('are removed by the next prepare in that folder, once they are old', async () => {
    const folder = temporaryFolder()
    const words = ['prepare', await makeClip({ seconds: 3 }), '-o', path.join(folder, 'new.mp4')]
    writeFileSync(path.join(folder, left), 'half a clip')
    expect(await runInProcess(words)).toMatchObject({ code: 0 })
    expect(readdirSync(folder).sort()).toEqual([left, 'new.mp4'])
    inTwoHours()
    expect(await runInProcess([...words, '--dry-run'])).toMatchObject({ code: 0 })
    expect(readdirSync(folder)).toContain(left)
    expect(await runInProcess(words)).toMatchObject({ code: 0, stderr: '' })
    expect(readdirSync(folder)).toEqual(['new.mp4'])
  })
})

describe('prepare of a clip that is too short or cut off', () => {
  it('extends it only when asked to, in the way that is asked for', async () => {
    const short = await makeClip({ seconds: 1 })
    const out = path.join(temporaryFolder(), 'out.mp4')
    const refused = await runInProcess(['prepare', short, '-o', out])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('Use a longer clip or part, or extend it with --extend')
    expect(existsSync(out)).toBe(false)
    const slow = await prepare(short, '.mp4', '--only', 'extend', '--extend', 'slow')
    expect(slow.stdout).toContain('slowed down')
    expect(slow.is.duration).toBeCloseTo(2, 1)
    const held = await prepare(short, '.mp4', '--only', 'extend')
    expect(held.stdout).toContain('held the last frame')
  })

  it('keeps what is whole', async () => {
    const cut = await makeClip({ seconds: 8, faststart: true, picture: 'noise', keep: 0.6 })
    const kept = await prepare(cut, '.mp4', '--only', 'salvage')
    expect(kept.stdout).toContain('kept what is whole')
    expect(kept.is.duration).toBeGreaterThan(3)
  })

  it('refuses a clip of which no frame can be decoded, before anything is promised', async () => {
    const out = path.join(temporaryFolder(), 'out.mp4')
    const spoilt = await makeClip({ spoilt: [0, 1], extension: '.mp4', rate: 120 })
    const refused = await runInProcess(['prepare', spoilt, '-o', out])
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain('Frames cannot be decoded')
  })
})
