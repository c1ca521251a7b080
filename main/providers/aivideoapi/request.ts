import type { AspectRatio } from '../../../preload/contract'
import { nearestRatio } from '../../preflight/geometry'
import { asciiUrl } from '../http/ascii-url'
import type { EditRequest, ProviderRow } from '../provider'

/** The body of aivideoapi.ai's create call (PROVIDERS.md §4.2). */
export interface AiVideoApiBody {
  model: string
  input: {
    prompt?: string
    negative_prompt?: string
    video_urls: [string]
    image_urls?: readonly string[]
    aspect_ratio: AspectRatio
    resolution: '720p' | '1080p'
    duration: number
    audio_setting: 'auto' | 'origin'
    prompt_extend: boolean
    watermark: boolean
    seed?: number
  }
  callback_url?: string
}

/** An edit as aivideoapi.ai wants it: a ratio always, because leaving it out makes every result 16:9. */
export function aiVideoApiBody(
  row: Pick<ProviderRow, 'model' | 'limits'>,
  request: EditRequest,
): AiVideoApiBody {
  const { options, prompt, negativePrompt, clip } = request
  const imageUrls = request.imageUrls.slice(0, row.limits.images.used)
  return {
    model: row.model,
    input: {
      ...(prompt ? { prompt } : {}),
      ...(negativePrompt ? { negative_prompt: negativePrompt } : {}),
      video_urls: [clip.url],
      ...(imageUrls.length > 0 ? { image_urls: imageUrls } : {}),
      aspect_ratio: options.ratio ?? nearestRatio(clip, row.limits.ratios),
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
