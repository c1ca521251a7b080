import { describe, expect, test, vi } from 'vitest'
import type { RequestFile } from '../../main/providers/provider'
import { editOptions, type FileRole, type Mode } from '../../preload/contract'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { makeSound } from '../support/make-sound'
import { call, follow, runFfmpeg, startSandbox, uploadTo } from '../support/start-sandbox'
import { temporaryFolder } from '../support/temporary-folder'

// Real ffmpeg on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const image = () => makeImage({ format: 'png', width: 480, height: 360 })
const clip = (seconds = 2) => makeClip({ seconds, picture: 'black' })

/** A create call as it is, after an upload of each file; `@` in an address stands for the number of its file. */
const create = async (body: object, files: readonly string[] = []) => {
  const { provider, url, token } = await startSandbox(temporaryFolder())
  const addresses: string[] = []
  for (const path of files) addresses.push(await uploadTo(provider, path))
  const text = JSON.stringify(body).replace(
    /@(\d)/g,
    (_, at: string) => addresses[Number(at)] ?? '',
  )
  const answer = await fetch(`${url}/api/v1/services/aigc/video-generation/video-synthesis`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-dashscope-async': 'enable',
      'x-dashscope-ossresourceresolve': 'enable',
    },
    body: text,
  })
  const said: unknown = await answer.json()
  return { status: answer.status, said }
}

const words = (input: object, parameters: object = {}) => ({
  model: 'wan2.7-t2v',
  input: { prompt: 'x', ...input },
  parameters,
})
const frames = (types: readonly string[], parameters: object = {}, more: object = {}) => ({
  model: 'wan2.7-i2v',
  input: { media: types.map((type, at) => ({ type, url: `@${at}` })), ...more },
  parameters,
})
const references = (media: readonly object[], parameters: object = {}) => ({
  model: 'wan2.7-r2v',
  input: { prompt: 'x', media },
  parameters,
})
const reference = (type: string, at: number, more: object = {}) => ({
  type,
  url: `@${at}`,
  ...more,
})

describe('refuses what the service would refuse', () => {
  test.each<[string, object, (() => Promise<string>)[], string]>([
    ['words without words', words({ prompt: ' ' }), [], 'prompt is required'],
    ['words with media', words({ media: [] }), [], 'input'],
    ['a length of 16 s', words({}, { duration: 16 }), [], 'parameters.duration'],
    ['a length of 2.5 s', words({}, { duration: 2.5 }), [], 'parameters.duration'],
    ['the sound of an edit', words({}, { audio_setting: 'auto' }), [], 'parameters'],
    ['a ratio for an image', frames(['first_frame'], { ratio: '1:1' }), [image], 'parameters'],
    ['a last frame alone', frames(['last_frame']), [image], 'not a set'],
    ['two first frames', frames(['first_frame', 'first_frame']), [image, image], 'not a set'],
    ['a clip with sound', frames(['first_clip', 'driving_audio']), [clip, makeSound], 'not a set'],
    ['a clip and a first frame', frames(['first_clip', 'first_frame']), [clip, image], 'not a set'],
    [
      'a result that is shorter than its clip',
      frames(['first_clip'], { duration: 3 }),
      [() => clip(4)],
      'first_clip',
    ],
    ['a clip as a first frame', frames(['first_frame']), [clip], 'first_frame'],
    ['a clip as a sound', frames(['first_frame', 'driving_audio']), [image, clip], 'driving_audio'],
    [
      'a sound of 31 s',
      words({ audio_url: '@0' }),
      [() => makeSound({ seconds: 31, rate: 8000 })],
      'audio_url: 31 s long',
    ],
    ['no references', references([]), [], 'not a set'],
    [
      'six references',
      references([0, 1, 2, 3, 4, 5].map((at) => reference('reference_image', at))),
      [image, image, image, image, image, image],
      'not a set',
    ],
    [
      '11 s with a video',
      references([reference('reference_video', 0)], { duration: 11 }),
      [clip],
      'at most 10',
    ],
    [
      'a voice of 11 s',
      references([reference('reference_image', 0, { reference_voice: '@1' })]),
      [image, () => makeSound({ seconds: 11, rate: 8000 })],
      'reference_voice: 11 s long',
    ],
    [
      'a voice for a first frame',
      references([
        reference('first_frame', 0, { reference_voice: '@1' }),
        reference('reference_image', 0),
      ]),
      [image, makeSound],
      'input.media',
    ],
  ])('%s', async (_, body, make, message) => {
    const files: string[] = []
    for (const one of make) files.push(await one())
    const { status, said } = await create(body, files)
    expect(said).toMatchObject({ message: expect.stringContaining(message) })
    expect(status).toBe(400)
  })

  test('a model that it does not know', async () => {
    expect(await create({ ...words({}), model: 'wan2.6-t2v' })).toMatchObject({ status: 404 })
  })
})

describe('every mode goes through the app’s own adapter', () => {
  const run = async (mode: Mode, files: readonly (readonly [FileRole, string, number?])[]) => {
    const { provider, problems } = await startSandbox(temporaryFolder(), { runFfmpeg })
    const media: RequestFile[] = []
    for (const [role, path, of] of files) {
      const url = await uploadTo(provider, path)
      media.push({ role, url, ...(of ? { of } : {}) })
    }
    const { taskId } = await provider.create(
      {
        ...{ mode, media, prompt: 'a green field', negativePrompt: '' },
        options: editOptions.parse({ duration: 2, ratio: '1:1' }),
      },
      call(),
    )
    const { last } = await follow(provider, taskId)
    expect(problems).toEqual([])
    if (last.status !== 'succeeded') throw new Error(JSON.stringify(last))
    return last
  }

  test('words', async () => {
    expect(await run('text', [['sound', await makeSound()]])).toMatchObject({
      usage: { input: 0, output: 2 },
    })
  })

  test('an image', async () => {
    const files = [
      ['first-frame', await image()],
      ['last-frame', await image()],
    ] as const
    expect(await run('image', files)).toMatchObject({ usage: { input: 0, output: 2 } })
  })

  test('a clip to continue', async () => {
    expect(await run('image', [['clip', await clip()]])).toMatchObject({ usage: { output: 2 } })
  })

  test('references with voices', async () => {
    const files = [
      ['reference-image', await image()],
      ['reference-video', await clip(1)],
      ['voice', await makeSound(), 2],
    ] as const
    expect(await run('references', files)).toMatchObject({ usage: { input: 1, output: 2 } })
  })
})
