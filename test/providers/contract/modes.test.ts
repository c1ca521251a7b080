import { describe, expect, test } from 'vitest'
import type { ProviderRequest, RequestFile } from '../../../main/providers/provider'
import {
  editOptions,
  fileSetProblem,
  type Mode,
  mode,
  modeRow,
  providerRows,
} from '../../../preload/contract'
import { aCall, connected } from '../../support/connected-provider'
import { everySet, type OneSet } from '../../support/every-set'
import { providersUnderContract, type UnderContract } from '../../support/providers-under-contract'

const rowOf = ({ id }: UnderContract) => {
  const row = Object.values(providerRows).find((one) => one.id === id)
  if (!row) throw new Error(`no row ${id}`)
  return row
}

/** Files of a set as a request has them, each with an address of its own. */
const mediaOf = ({ files }: OneSet): RequestFile[] =>
  files.map(({ role, of }, at) => ({
    role,
    url: `https://h.example/${at + 1}-${role}`,
    ...(of === undefined ? {} : { of }),
    ...(role === 'clip' ? { size: { width: 640, height: 360 } } : {}),
  }))

const request = (name: Mode, set: OneSet, options: object = {}): ProviderRequest => ({
  mode: name,
  media: mediaOf(set),
  prompt: 'a boat at night',
  negativePrompt: '',
  options: editOptions.parse(options),
})

const sets = everySet()

/** The sets that a provider takes in a mode; of references those with few files, and those with most. */
const allowedAt = (under: UnderContract, name: Mode): OneSet[] => {
  const allowed = sets.filter(({ files }) => fileSetProblem(rowOf(under), name, files) === null)
  const few = allowed.filter(({ files }) => files.length <= 4)
  return [...few, ...allowed.slice(-3)]
}

describe.each(providersUnderContract)('$id', (under) => {
  test.each(mode.options)('takes every set of %s that is allowed', async (name) => {
    const { provider, server } = await connected(under)
    const allowed = allowedAt(under, name)
    for (const set of allowed) await provider.create(request(name, set), aCall())
    expect(server.violations).toEqual([])
    expect(server.tasks.size).toBe(allowed.length)
    expect(allowed.length).toBeGreaterThan(0)
  })

  test.each(mode.options)('takes every option of %s that its row allows', async (name) => {
    const { provider, server } = await connected(under)
    const { limits } = modeRow(rowOf(under), name)
    // Beside a reference video the result is shorter.
    const set = allowedAt(under, name).find(({ counts }) => counts['reference-video'] === 0)
    if (!set) throw new Error('no set is allowed')
    const durations = limits.duration ? [limits.duration.min, limits.duration.max] : [undefined]
    const chosen = [
      ...limits.qualities.map((quality) => ({ quality })),
      ...limits.ratios.map((ratio) => ({ ratio })),
      ...durations.map((duration) => ({ duration })),
      ...[limits.seed.min, limits.seed.max].map((seed) => ({ seed })),
      ...[true, false].map((promptExtend) => ({ promptExtend })),
      ...(limits.options.watermark ? [{ watermark: true }] : []),
      ...(limits.options.callback ? [{ callbackUrl: 'https://h.example/done' }] : []),
    ]
    for (const options of chosen) await provider.create(request(name, set, options), aCall())
    expect(server.violations).toEqual([])
    expect(server.tasks.size).toBe(chosen.length)
  })

  test.each(mode.options)('a request in the mode %s names its own model', async (name) => {
    const { provider, server } = await connected(under)
    const [set] = allowedAt(under, name)
    if (set) await provider.create(request(name, set), aCall())
    const [body] = server.bodies
    expect(body).toMatchObject({ model: modeRow(rowOf(under), name).model })
  })
})

/** Two references and a voice for the second: a video, before the image that the prompt calls "Image 1". */
const spoken: RequestFile[] = [
  { role: 'reference-image', url: 'https://h.example/p.png' },
  { role: 'reference-video', url: 'https://h.example/d.mp4' },
  { role: 'voice', url: 'https://h.example/v.mp3', of: 2 },
]

const bodyOf = async (id: string, name: Mode, media: RequestFile[], options: object = {}) => {
  const under = providersUnderContract.find((one) => one.id === id)
  if (!under) throw new Error(`no service ${id}`)
  const { provider, server } = await connected(under)
  const words = { prompt: 'Image 1 dances like Video 1', negativePrompt: 'blur' }
  const parsed = editOptions.parse({ seed: 7, ...options })
  await provider.create({ mode: name, media, ...words, options: parsed }, aCall())
  expect(server.violations).toEqual([])
  return server.bodies[0]
}

const frame = (role: 'first-frame' | 'last-frame'): RequestFile => ({
  role,
  url: `https://h.example/${role}.png`,
})
const sound: RequestFile = { role: 'sound', url: 'https://h.example/a.mp3' }
const clip: RequestFile = { role: 'clip', url: 'https://h.example/c.mp4' }

describe('what is sent', () => {
  test('to DashScope and APIYI: a voice in its reference, the usual ratio and length', async () => {
    for (const id of ['dashscope', 'apiyi'])
      expect(await bodyOf(id, 'references', spoken)).toEqual({
        model: 'wan2.7-r2v',
        input: {
          prompt: 'Image 1 dances like Video 1',
          negative_prompt: 'blur',
          media: [
            { type: 'reference_image', url: 'https://h.example/p.png' },
            {
              type: 'reference_video',
              url: 'https://h.example/d.mp4',
              reference_voice: 'https://h.example/v.mp3',
            },
          ],
        },
        parameters: {
          resolution: '720P',
          ratio: '16:9',
          duration: 5,
          prompt_extend: true,
          watermark: false,
          seed: 7,
        },
      })
  })

  test('to DashScope for words: the sound beside the prompt, and no media', async () => {
    const body = await bodyOf('dashscope', 'text', [sound], { ratio: '9:16', duration: 12 })
    expect(body).toMatchObject({
      model: 'wan2.7-t2v',
      input: { audio_url: sound.url },
      parameters: { ratio: '9:16', duration: 12 },
    })
    expect(body).not.toHaveProperty('input.media')
    expect(body).not.toHaveProperty('parameters.audio_setting')
  })

  test('to DashScope for an image: its frames in order, without a ratio', async () => {
    const media = [frame('first-frame'), frame('last-frame'), sound]
    const body = await bodyOf('dashscope', 'image', media, { ratio: '1:1' })
    expect(body).toMatchObject({
      input: {
        media: [{ type: 'first_frame' }, { type: 'last_frame' }, { type: 'driving_audio' }],
      },
    })
    expect(body).not.toHaveProperty('parameters.ratio')
    expect(await bodyOf('dashscope', 'image', [clip])).toMatchObject({
      input: { media: [{ type: 'first_clip', url: clip.url }] },
    })
  })

  test('with a first frame beside references has no ratio of its own', async () => {
    const media = [frame('first-frame'), ...spoken.slice(0, 1)]
    for (const id of ['dashscope', 'apiyi'])
      expect(await bodyOf(id, 'references', media)).not.toHaveProperty('parameters.ratio')
    expect(await bodyOf('evolink', 'references', media)).not.toHaveProperty('aspect_ratio')
    expect(await bodyOf('aivideoapi', 'references', media)).not.toHaveProperty('input.aspect_ratio')
  })

  test.each([
    ['first_frame', [frame('first-frame')], { image_start: frame('first-frame').url }],
    [
      'first_last_frame',
      [frame('first-frame'), frame('last-frame')],
      { image_end: frame('last-frame').url },
    ],
    ['video_continuation', [clip], { video_urls: [clip.url] }],
  ] as const)('to EvoLink for an image says %s', async (way, media, expected) => {
    expect(await bodyOf('evolink', 'image', [...media])).toMatchObject({
      model: 'wan2.7-image-to-video',
      generation_mode: way,
      quality: '720p',
      duration: 5,
      ...expected,
    })
  })

  test('to EvoLink binds a voice to the name of its reference', async () => {
    expect(await bodyOf('evolink', 'references', spoken)).toEqual({
      model: 'wan2.7-reference-video',
      prompt: 'Image 1 dances like Video 1',
      negative_prompt: 'blur',
      image_urls: ['https://h.example/p.png'],
      video_urls: ['https://h.example/d.mp4'],
      model_params: { voice_bindings: { video1: 'https://h.example/v.mp3' } },
      quality: '720p',
      aspect_ratio: '16:9',
      duration: 5,
      seed: 7,
      prompt_extend: true,
    })
  })

  test('to aivideoapi.ai names first and last frame in this order', async () => {
    const media = [frame('last-frame'), frame('first-frame'), sound]
    expect(await bodyOf('aivideoapi', 'image', media)).toMatchObject({
      model: 'wan-2.7-image-to-video',
      input: {
        image_urls: [frame('first-frame').url, frame('last-frame').url],
        audio_urls: [sound.url],
        duration: 5,
      },
    })
  })
})
