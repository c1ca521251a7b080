import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { type EditRequest, editRequest } from '../../main/sandbox/create-request'
import { outputSize, planRender } from '../../main/sandbox/render-plan'
import { watermark } from '../../main/sandbox/watermark'
import { type ClipShape, ffmpeg, ffmpegOutput, makeClip } from '../support/make-media'
import { inspect } from '../support/start-sandbox'
import { temporaryFolder } from '../support/temporary-folder'

// Real ffmpeg on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

type Parameters = Partial<EditRequest['parameters']>

const request = (parameters: Parameters, prompt = ''): EditRequest =>
  editRequest.parse({
    model: 'wan2.7-videoedit',
    input: { prompt, media: [{ type: 'video', url: 'oss://x' }] },
    parameters: { resolution: '720P', seed: 3, ...parameters },
  })

const render = async (shape: ClipShape, parameters: Parameters, prompt = '') => {
  const clip = await makeClip(shape)
  const facts = await inspect(clip)
  if (facts.kind !== 'video') throw new Error('no clip')
  const folder = temporaryFolder()
  const output = join(folder, 'o.mp4')
  const mark = join(folder, 'mark.png')
  writeFileSync(mark, watermark.png())
  const files = { clip, images: [], watermark: mark, output }
  const plan = planRender(request(parameters, prompt), facts, files, 1)
  await ffmpeg(...plan.args)
  return { plan, output, facts: await inspect(output) }
}

test.each([
  ['720P', '16:9', 4 / 3, 1280, 720],
  ['720P', '9:16', 4 / 3, 720, 1280],
  ['720P', '1:1', 4 / 3, 960, 960],
  ['720P', '4:3', 1, 1104, 832],
  ['1080P', '3:4', 1, 1248, 1648],
  ['1080P', '16:9', 1, 1920, 1080],
  ['720P', undefined, 16 / 9, 1280, 720],
  ['1080P', undefined, 9 / 16, 1080, 1920],
  ['720P', undefined, 4 / 3, 1108, 832],
  ['720P', undefined, 8, 2716, 340],
] as const)(
  '%s %s of a clip with ratio %f is %i × %i',
  (resolution, ratio, source, width, height) => {
    const { parameters } = request(ratio ? { resolution, ratio } : { resolution })
    expect(outputSize(parameters, source)).toEqual({ width, height })
  },
)

test.each([
  ['a tall phone clip', { width: 640, height: 360, rotation: 90 as const }, {}, 720, 1280],
  ['pixels that are not square', { width: 320, height: 240, sar: '4/3' }, {}, 1280, 720],
  ['a wide clip made tall', { width: 640, height: 360 }, { ratio: '9:16' as const }, 720, 1280],
  ['a clip without a constant rate', { variableRate: true }, { ratio: '1:1' as const }, 960, 960],
])('renders %s upright and complete', async (_, shape, parameters, width, height) => {
  const { facts } = await render({ seconds: 2, ...shape }, parameters)
  expect(facts).toMatchObject({
    width,
    height,
    rotation: 0,
    sar: '1:1',
    variableFrameRate: false,
  })
})

test('cuts clip and sound to the requested duration', async () => {
  const { facts } = await render({ seconds: 4, sound: 'tone' }, { duration: 2 })
  if (facts.kind !== 'video') throw new Error('no clip')
  expect(facts.durations.video).toBeCloseTo(2, 1)
  expect(facts.durations.container).toBeLessThan(2.1)
})

test.each([
  ['origin', 'a silent film', 1],
  ['auto', 'a film', 1],
  ['auto', 'a silent film', 0],
] as const)(
  'audio_setting %s and the prompt "%s" give %i sound tracks',
  async (audio_setting, prompt, count) => {
    const { facts } = await render({ seconds: 2, sound: 'tone' }, { audio_setting }, prompt)
    expect(facts).toMatchObject({ audio: { length: count } })
  },
)

const frame = (path: string) =>
  ffmpegOutput('-i', path, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'gray')

test('the seed determines the picture, and the watermark is visible', async () => {
  const clip = { seconds: 2, width: 640, height: 360 }
  const [first, same, other, marked] = await Promise.all([
    render(clip, { seed: 1 }),
    render(clip, { seed: 1 }),
    render(clip, { seed: 2 }),
    render(clip, { seed: 1, watermark: true }),
  ])
  expect(same.plan.args.slice(2, -1)).toEqual(first.plan.args.slice(2, -1))
  expect(other.plan.args).not.toEqual(first.plan.args)
  const [plain, withMark] = [await frame(first.output), await frame(marked.output)]
  const corner = (pixels: Buffer, x: number, y: number) => {
    let difference = 0
    for (let row = y; row < y + 40; row += 1) {
      for (let column = x; column < x + 240; column += 1) {
        const at = row * 1280 + column
        difference += Math.abs((pixels[at] ?? 0) - (plain[at] ?? 0))
      }
    }
    return difference / (40 * 240)
  }
  expect(corner(withMark, 1280 - 262, 720 - 62)).toBeGreaterThan(10)
  expect(corner(withMark, 20, 20)).toBeLessThan(3)
})
