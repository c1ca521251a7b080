import { asciiUrl } from '../http/ascii-url'
import type { EditRequest } from '../provider'

/** The flat body of EvoLink's create call (PROVIDERS.md §2.2). */
export interface EvoLinkBody {
  model: string
  prompt?: string
  negative_prompt?: string
  video_urls: [string]
  image_urls?: readonly string[]
  keep_original_sound: boolean
  quality: '720p' | '1080p'
  aspect_ratio?: string
  duration: number
  seed?: number
  prompt_extend: boolean
  callback_url?: string
}

/** An edit as EvoLink wants it: every default is said, because its defaults are not the model's own. */
export function evoLinkBody(model: string, request: EditRequest): EvoLinkBody {
  const { options, prompt, negativePrompt, imageUrls } = request
  return {
    model,
    ...(prompt ? { prompt } : {}),
    ...(negativePrompt ? { negative_prompt: negativePrompt } : {}),
    video_urls: [request.clip.url],
    ...(imageUrls.length > 0 ? { image_urls: imageUrls } : {}),
    keep_original_sound: options.sound === 'keep',
    quality: options.quality,
    ...(options.ratio === null ? {} : { aspect_ratio: options.ratio }),
    duration: options.cut,
    ...(options.seed === null ? {} : { seed: options.seed }),
    prompt_extend: options.promptExtend,
    ...(options.callbackUrl === null ? {} : { callback_url: asciiUrl(options.callbackUrl) }),
  }
}
