import { filesOf } from '../../../preload/contract'
import { asciiUrl } from '../http/api'
import type { ProviderRequest } from '../provider'

/**
 * The body of EvoLink's create call (docs/providers/evolink.md, "Create an edit"). Every default is sent, because its
 * defaults are not the model's; members without a value are left out of the JSON.
 */
export const evoLinkBody = (model: string, request: ProviderRequest) => {
  const { media, options, prompt, negativePrompt } = request
  const imageUrls = filesOf(media, 'reference-image').map(({ url }) => url)
  return {
    model,
    prompt: prompt || undefined,
    negative_prompt: negativePrompt || undefined,
    video_urls: filesOf(media, 'clip').map(({ url }) => url),
    image_urls: imageUrls.length > 0 ? imageUrls : undefined,
    keep_original_sound: options.sound === 'keep',
    quality: options.quality,
    aspect_ratio: options.ratio ?? undefined,
    duration: options.cut,
    seed: options.seed ?? undefined,
    prompt_extend: options.promptExtend,
    callback_url: asciiUrl(options.callbackUrl),
  }
}
