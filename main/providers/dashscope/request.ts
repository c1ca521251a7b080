import { filesOf } from '../../../preload/contract'
import type { ProviderRequest } from '../provider'

/**
 * The body of DashScope's create call (docs/providers/dashscope.md, "Create an edit"). Members that are undefined are
 * left out of the JSON.
 */
export interface DashScopeBody {
  model: string
  input: {
    prompt: string | undefined
    negative_prompt: string | undefined
    media: { type: 'video' | 'reference_image'; url: string }[]
  }
  parameters: Record<string, string | number | boolean | undefined>
}

/** An edit as DashScope expects it. Every default is sent, because copies of the service have other defaults. */
export const dashScopeBody = (model: string, request: ProviderRequest): DashScopeBody => {
  const { media, options, prompt, negativePrompt } = request
  const clips = filesOf(media, 'clip')
  const images = filesOf(media, 'reference-image')
  return {
    model,
    input: {
      prompt: prompt || undefined,
      negative_prompt: negativePrompt || undefined,
      media: [
        ...clips.map(({ url }) => ({ type: 'video' as const, url })),
        ...images.map(({ url }) => ({ type: 'reference_image' as const, url })),
      ],
    },
    parameters: {
      resolution: options.quality.toUpperCase(),
      ratio: options.ratio ?? undefined,
      duration: options.cut,
      audio_setting: options.sound === 'keep' ? 'origin' : 'auto',
      prompt_extend: options.promptExtend,
      watermark: options.watermark,
      seed: options.seed ?? undefined,
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
