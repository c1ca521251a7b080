import { mediaOf, type ProviderRequest } from '../provider'

/** The body of DashScope's create call (docs/providers/dashscope.md, "Create an edit"). */
export interface DashScopeBody {
  model: string
  input: {
    prompt?: string
    negative_prompt?: string
    media: { type: 'video' | 'reference_image'; url: string }[]
  }
  parameters: {
    resolution: '720P' | '1080P'
    ratio?: string
    duration: number
    audio_setting: 'auto' | 'origin'
    prompt_extend: boolean
    watermark: boolean
    seed?: number
  }
}

const resolutions = { '720p': '720P', '1080p': '1080P' } as const

/** An edit as DashScope expects it. Every default is sent, because copies of the service have other defaults. */
export const dashScopeBody = (model: string, request: ProviderRequest): DashScopeBody => {
  const { options, prompt, negativePrompt } = request
  return {
    model,
    input: {
      ...(prompt ? { prompt } : {}),
      ...(negativePrompt ? { negative_prompt: negativePrompt } : {}),
      media: [
        ...mediaOf(request, 'clip').map(({ url }) => ({ type: 'video' as const, url })),
        ...mediaOf(request, 'reference-image').map(({ url }) => ({
          type: 'reference_image' as const,
          url,
        })),
      ],
    },
    parameters: {
      resolution: resolutions[options.quality],
      ...(options.ratio === null ? {} : { ratio: options.ratio }),
      duration: options.cut,
      audio_setting: options.sound === 'keep' ? 'origin' : 'auto',
      prompt_extend: options.promptExtend,
      watermark: options.watermark,
      ...(options.seed === null ? {} : { seed: options.seed }),
    },
  }
}

/** The headers of the create call. The service reads `oss://` addresses only with the second one. */
export const createHeaders = (body: DashScopeBody): Record<string, string> => {
  const stored = body.input.media.some(({ url }) => url.startsWith('oss://'))
  return {
    'X-DashScope-Async': 'enable',
    ...(stored ? { 'X-DashScope-OssResourceResolve': 'enable' } : {}),
  }
}

/** The body for the record: inlined images are shortened. */
export const recordOf = <T extends Pick<DashScopeBody, 'input'>>(body: T): T => {
  const shorten = (url: string) => (url.startsWith('data:') ? `${url.slice(0, 40)}…` : url)
  const media = body.input.media.map((item) => ({ ...item, url: shorten(item.url) }))
  return { ...body, input: { ...body.input, media } }
}
