import { type AspectRatio, modeRow, type ProviderRow } from '../../../preload/contract'
import { nearestRatio } from '../../preflight/nearest-ratio'
import { asciiUrl } from '../http/api'
import { mediaOf, type ProviderRequest, urlsOf } from '../provider'

/** The body of aivideoapi.ai's create call (docs/providers/aivideoapi.md, "Create an edit"). */
export interface AiVideoApiBody {
  model: string
  input: {
    prompt?: string
    negative_prompt?: string
    video_urls: readonly string[]
    image_urls?: readonly string[]
    aspect_ratio?: AspectRatio
    resolution: '720p' | '1080p'
    duration: number
    audio_setting: 'auto' | 'origin'
    prompt_extend: boolean
    watermark: boolean
    seed?: number
  }
  callback_url?: string
}

/** An edit as aivideoapi.ai expects it, always with a ratio: without one every result is 16:9. */
export const aiVideoApiBody = (row: ProviderRow, request: ProviderRequest): AiVideoApiBody => {
  const { options, prompt, negativePrompt } = request
  const { model, limits } = modeRow(row, request.mode)
  const [clip] = mediaOf(request, 'clip')
  const ratio = options.ratio ?? (clip && nearestRatio(clip, limits.ratios))
  const imageUrls = urlsOf(request, 'reference-image').slice(0, limits.images.used)
  return {
    model,
    input: {
      ...(prompt ? { prompt } : {}),
      ...(negativePrompt ? { negative_prompt: negativePrompt } : {}),
      video_urls: urlsOf(request, 'clip'),
      ...(imageUrls.length > 0 ? { image_urls: imageUrls } : {}),
      ...(ratio ? { aspect_ratio: ratio } : {}),
      resolution: options.quality,
      duration: options.cut,
      audio_setting: options.sound === 'keep' ? 'origin' : 'auto',
      prompt_extend: options.promptExtend,
      watermark: options.watermark,
      ...(options.seed === null ? {} : { seed: options.seed }),
    },
    ...(options.callbackUrl === null ? {} : { callback_url: asciiUrl(options.callbackUrl) }),
  }
}
