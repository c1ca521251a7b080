import { modeRow, type ProviderRow } from '../../../preload/contract'
import { nearestRatio } from '../../preflight/geometry'
import { asciiUrl } from '../http/api'
import { mediaOf, type ProviderRequest, urlsOf } from '../provider'

/**
 * The body of aivideoapi.ai's create call (docs/providers/aivideoapi.md, "Create an edit"). It always contains a ratio:
 * without one every result is 16:9. Members without a value are left out of the JSON.
 */
export const aiVideoApiBody = (row: ProviderRow, request: ProviderRequest) => {
  const { options, prompt, negativePrompt } = request
  const { model, limits } = modeRow(row, request.mode)
  const [clip] = mediaOf(request, 'clip')
  const imageUrls = urlsOf(request, 'reference-image').slice(0, limits.images.used)
  return {
    model,
    input: {
      prompt: prompt || undefined,
      negative_prompt: negativePrompt || undefined,
      video_urls: urlsOf(request, 'clip'),
      image_urls: imageUrls.length > 0 ? imageUrls : undefined,
      aspect_ratio: options.ratio ?? (clip && nearestRatio(clip, limits.ratios)),
      resolution: options.quality,
      duration: options.cut,
      audio_setting: options.sound === 'keep' ? 'origin' : 'auto',
      prompt_extend: options.promptExtend,
      watermark: options.watermark,
      seed: options.seed ?? undefined,
    },
    callback_url: asciiUrl(options.callbackUrl),
  }
}
