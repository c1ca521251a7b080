import {
  durationFor,
  type FileRole,
  fileOf,
  filesOf,
  modeRow,
  type ProviderMode,
  type ProviderRow,
  ratioFor,
} from '../../../preload/contract'
import { nearestRatio } from '../../preflight/geometry'
import { asciiUrl } from '../http/api'
import type { ProviderRequest, RequestFile } from '../provider'

/** The addresses of the files of these roles, in the order of the roles; undefined where there are none. */
const urls = (files: readonly RequestFile[], ...roles: FileRole[]): string[] | undefined => {
  const found = roles.flatMap((role) => filesOf(files, role).map(({ url }) => url))
  return found.length > 0 ? found : undefined
}

/** What differs between the modes. */
const mediaOf = ({ mode, media, options }: ProviderRequest, { limits }: ProviderMode) => {
  switch (mode) {
    case 'edit': {
      const size = fileOf(media, 'clip')?.size
      return {
        video_urls: filesOf(media, 'clip').map(({ url }) => url),
        image_urls: urls(media, 'reference-image')?.slice(0, limits.images.used),
        // Without a ratio every edit is 16:9.
        aspect_ratio: options.ratio ?? (size && nearestRatio(size, limits.ratios)),
        audio_setting: options.sound === 'keep' ? 'origin' : 'auto',
      }
    }
    case 'text':
      return { audio_urls: urls(media, 'sound') }
    case 'image':
      return {
        image_urls: urls(media, 'first-frame', 'last-frame'),
        audio_urls: urls(media, 'sound'),
      }
    case 'references':
      return {
        image_urls: urls(media, 'reference-image'),
        video_urls: urls(media, 'reference-video'),
        first_frame_url: fileOf(media, 'first-frame')?.url,
        audio_urls: urls(media, 'voice'),
      }
  }
}

/**
 * The body of aivideoapi.ai's create call (docs/providers/aivideoapi.md, "Create an edit" and "Other modes").
 * Members without a value are left out of the JSON.
 */
export const aiVideoApiBody = (row: ProviderRow, request: ProviderRequest) => {
  const { mode, media, options, prompt, negativePrompt } = request
  const offer = modeRow(row, mode)
  return {
    model: offer.model,
    input: {
      prompt: prompt || undefined,
      negative_prompt: negativePrompt || undefined,
      aspect_ratio: ratioFor(mode, media, options.ratio) ?? undefined,
      ...mediaOf(request, offer),
      resolution: options.quality,
      duration: mode === 'edit' ? options.cut : durationFor(offer.limits, options.duration),
      prompt_extend: options.promptExtend,
      watermark: options.watermark,
      seed: options.seed ?? undefined,
    },
    callback_url: asciiUrl(options.callbackUrl),
  }
}
