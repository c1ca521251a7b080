import { asciiUrl } from '../http/api'
import { type ProviderRequest, urlsOf } from '../provider'

/**
 * The body of EvoLink's create call (docs/providers/evolink.md, "Create an edit"). Every default is sent, because its
 * defaults are not the model's; members without a value are left out of the JSON.
 */
export const evoLinkBody = (model: string, request: ProviderRequest) => {
  const { options, prompt, negativePrompt } = request
  const imageUrls = urlsOf(request, 'reference-image')
  return {
    model,
    prompt: prompt || undefined,
    negative_prompt: negativePrompt || undefined,
    video_urls: urlsOf(request, 'clip'),
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
