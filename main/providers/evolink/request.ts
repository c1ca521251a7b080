import { asciiUrl } from '../http/api'
import { type ProviderRequest, urlsOf } from '../provider'

/** The flat body of EvoLink's create call (docs/providers/evolink.md, "Create an edit"). */
export interface EvoLinkBody {
  model: string
  prompt?: string
  negative_prompt?: string
  video_urls: readonly string[]
  image_urls?: readonly string[]
  keep_original_sound: boolean
  quality: '720p' | '1080p'
  aspect_ratio?: string
  duration: number
  seed?: number
  prompt_extend: boolean
  callback_url?: string
}

/** An edit as EvoLink expects it. Every default is sent, because its defaults are not the model's. */
export const evoLinkBody = (model: string, request: ProviderRequest): EvoLinkBody => {
  const { options, prompt, negativePrompt } = request
  const imageUrls = urlsOf(request, 'reference-image')
  return {
    model,
    ...(prompt ? { prompt } : {}),
    ...(negativePrompt ? { negative_prompt: negativePrompt } : {}),
    video_urls: urlsOf(request, 'clip'),
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
