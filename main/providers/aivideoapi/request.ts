import { filesOf, modeRow, type ProviderRow } from '../../../preload/contract'
import { nearestRatio } from '../../preflight/geometry'
import { asciiUrl } from '../http/api'
import type { ProviderRequest } from '../provider'

/**
 * The body of aivideoapi.ai's create call (docs/providers/aivideoapi.md, "Create an edit"). It always contains a ratio:
 * without one every result is 16:9. Members without a value are left out of the JSON.
 */
export const aiVideoApiBody = (row: ProviderRow, request: ProviderRequest) => {
  const { media, options, prompt, negativePrompt } = request
  const { model, limits } = modeRow(row, request.mode)
  const clips = filesOf(media, 'clip')
  const size = clips[0]?.size
  const images = filesOf(media, 'reference-image').slice(0, limits.images.used)
  return {
    model,
    input: {
      prompt: prompt || undefined,
      negative_prompt: negativePrompt || undefined,
      video_urls: clips.map(({ url }) => url),
      image_urls: images.length > 0 ? images.map(({ url }) => url) : undefined,
      aspect_ratio: options.ratio ?? (size && nearestRatio(size, limits.ratios)),
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
