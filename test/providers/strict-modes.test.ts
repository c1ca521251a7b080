import { describe, expect, test } from 'vitest'
import type { Mode } from '../../preload/contract'
import { aCall, aRequest, connected } from '../support/connected-provider'
import { providersUnderContract, type UnderContract } from '../support/providers-under-contract'

type Body = Record<string, unknown>

/** A copy of a body with changes at paths such as 'input.prompt'; undefined removes a member. */
const changed = (body: unknown, changes: Body): Body => {
  const copy: Body = structuredClone(body) as Body
  for (const [path, value] of Object.entries(changes)) {
    const names = path.split('.')
    const last = names.pop() ?? ''
    const parent = names.reduce((at, name) => at[name] as Body, copy)
    if (value === undefined) delete parent[last]
    else parent[last] = value
  }
  return copy
}

const url = 'https://h.example/x'
const item = (type: string) => ({ type, url })
const many = (count: number) => Array.from({ length: count }, () => url)

/** What each service refuses in a mode, as changes of a body that it accepts. */
const wrong: Record<string, Partial<Record<Mode, Record<string, Body>>>> = {
  dashscope: {
    text: {
      'media in words': { 'input.media': [item('first_frame')] },
      'a missing prompt': { 'input.prompt': undefined },
      'an empty prompt': { 'input.prompt': ' ' },
      'sound as media': { 'input.media': [item('driving_audio')] },
      'the sound of an edit': { 'parameters.audio_setting': 'auto' },
      'a length of 0': { 'parameters.duration': 0 },
      'a length of 16': { 'parameters.duration': 16 },
      'a length as text': { 'parameters.duration': '5' },
      'lower case': { 'parameters.resolution': '720p' },
      'an image as data': { 'input.audio_url': 'data:image/png;base64,AAAA' },
    },
    image: {
      'no frame': { 'input.media': [] },
      'a last frame alone': { 'input.media': [item('last_frame')] },
      'two first frames': { 'input.media': [item('first_frame'), item('first_frame')] },
      'a clip with a first frame': { 'input.media': [item('first_clip'), item('first_frame')] },
      'a clip with sound': { 'input.media': [item('first_clip'), item('driving_audio')] },
      'the clip of an edit': { 'input.media': [item('video')] },
      'a ratio': { 'parameters.ratio': '16:9' },
      'a voice': { 'input.media': [{ ...item('first_frame'), reference_voice: url }] },
      'camel case': { 'input.media': [item('firstFrame')] },
    },
    references: {
      'no reference': { 'input.media': [item('first_frame')] },
      'six references': { 'input.media': many(6).map(() => item('reference_image')) },
      'two first frames': {
        'input.media': [item('first_frame'), item('first_frame'), item('reference_image')],
      },
      'a voice of its own': { 'input.media': [item('reference_image'), item('reference_voice')] },
      'a missing prompt': { 'input.prompt': undefined },
      '11 s with a video': { 'parameters.duration': 11 },
      'a video as data': {
        'input.media': [{ type: 'reference_video', url: 'data:video/mp4;base64,AAAA' }],
      },
    },
  },
  evolink: {
    text: {
      'a clip': { video_urls: [url] },
      'a missing prompt': { prompt: undefined },
      'two sounds': { audio_urls: many(2) },
      'a resolution': { resolution: '720p' },
      'capital letters': { quality: '720P' },
      'the seed 0': { seed: 0 },
      'the sound of an edit': { keep_original_sound: true },
      'a length of 1': { duration: 1 },
    },
    image: {
      'no way': { generation_mode: undefined },
      'an unknown way': { generation_mode: 'firstFrame' },
      'a way without its files': { image_start: undefined },
      'a last frame without its way': { image_end: url },
      'a clip beside a frame': { video_urls: [url] },
      'sound beside a clip': {
        generation_mode: 'video_continuation',
        image_start: undefined,
        video_urls: [url],
        audio_urls: [url],
      },
      'a ratio': { aspect_ratio: '16:9' },
      'a list for a frame': { image_start: [url] },
    },
    references: {
      'no reference': { image_urls: undefined, video_urls: undefined },
      'six references': { image_urls: many(3), video_urls: many(3) },
      'a voice of nobody': { model_params: { voice_bindings: { image2: url } } },
      'a voice by capital letters': { model_params: { voice_bindings: { Image1: url } } },
      '11 s with a video': { duration: 11 },
      'a way': { generation_mode: 'first_frame' },
    },
  },
  apiyi: {
    text: {
      media: { 'input.media': [item('first_frame')] },
      sound: { 'input.audio_url': url },
      'a missing prompt': { 'input.prompt': undefined },
      'a length of 1': { 'parameters.duration': 1 },
      'the sound of an edit': { 'parameters.audio_setting': 'origin' },
    },
    image: {
      'a last frame': { 'input.media': [item('first_frame'), item('last_frame')] },
      'a clip': { 'input.media': [item('first_clip')] },
      'no media': { 'input.media': undefined },
      'two sounds': {
        'input.media': [item('first_frame'), item('driving_audio'), item('driving_audio')],
      },
    },
    references: {
      'six references': { 'input.media': many(6).map(() => item('reference_image')) },
      'the clip of an edit': { 'input.media': [item('video'), item('reference_image')] },
      'stored elsewhere': { 'input.media': [{ type: 'reference_image', url: 'oss://a/b' }] },
      '11 s with a video': { 'parameters.duration': 11 },
    },
  },
  aivideoapi: {
    text: {
      'a clip': { 'input.video_urls': [url] },
      'a missing prompt': { 'input.prompt': undefined },
      'two sounds': { 'input.audio_urls': many(2) },
      'capital letters': { 'input.resolution': '720P' },
      'the sound of an edit': { 'input.audio_setting': 'auto' },
      'the flat body of another service': { prompt: 'p' },
    },
    image: {
      'no image': { 'input.image_urls': undefined },
      'three images': { 'input.image_urls': many(3) },
      'a missing prompt': { 'input.prompt': undefined },
      'a ratio': { 'input.aspect_ratio': '16:9' },
      'a frame of another mode': { 'input.first_frame_url': url },
    },
    references: {
      'no reference': { 'input.image_urls': undefined, 'input.video_urls': undefined },
      'six references': { 'input.image_urls': many(4), 'input.video_urls': many(2) },
      'two voices': { 'input.audio_urls': many(2) },
      'a length of 11': { 'input.duration': 11 },
      'a list for a frame': { 'input.first_frame_url': [url] },
    },
  },
}

const cases = providersUnderContract.flatMap((under) =>
  Object.entries(wrong[under.id] ?? {}).flatMap(([name, changes]) =>
    Object.entries(changes).map(([what, change]): [string, UnderContract, Mode, Body] => [
      `${under.id} refuses ${what} in the mode ${name}`,
      under,
      name as Mode,
      change,
    ]),
  ),
)

describe('a strict server', () => {
  test.each(cases)('of %s', async (_, under, name, change) => {
    const { provider, server } = await connected(under)
    await provider.create(aRequest(name), aCall())
    const [accepted] = server.bodies
    expect(server.violations).toEqual([])
    const path = {
      dashscope: '/api/v1/services/aigc/video-generation/video-synthesis',
      apiyi: '/wan/api/v1/services/aigc/video-generation/video-synthesis',
    }[under.id]
    const send = (body: unknown) =>
      fetch(`${server.url}${path ?? '/v1/videos/generations'}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${server.key}`,
          'content-type': 'application/json',
          'x-dashscope-async': 'enable',
          'accept-encoding': 'identity',
        },
        body: JSON.stringify(body),
      })
    expect((await send(accepted)).status).toBe(200)
    expect((await send(changed(accepted, change))).status).toBeGreaterThanOrEqual(400)
    expect(server.violations).toHaveLength(1)
  })
})
