import {
  durationFor,
  type FileRole,
  fileOf,
  filesOf,
  type ProviderMode,
  ratioFor,
  referencesOf,
} from '../../../preload/contract'
import { asciiUrl } from '../http/api'
import type { ProviderRequest, RequestFile } from '../provider'

type Files = readonly RequestFile[]

/** The addresses of the files of a role; undefined where there are none. */
const urls = (files: Files, role: FileRole): string[] | undefined => {
  const found = filesOf(files, role).map(({ url }) => url)
  return found.length > 0 ? found : undefined
}

/** What the image mode makes of its files. */
const generationMode = (files: Files): string => {
  if (fileOf(files, 'clip')) return 'video_continuation'
  return fileOf(files, 'last-frame') ? 'first_last_frame' : 'first_frame'
}

/** The voices by the names of their references: images and videos are counted apart ("image1", "video1"). */
const voiceBindings = (files: Files): Record<string, string> | undefined => {
  const references = referencesOf(files)
  const bound = filesOf(files, 'voice').flatMap(({ url, of = 0 }) => {
    const reference = references[of - 1]
    if (!reference) return []
    const name = reference.role === 'reference-video' ? 'video' : 'image'
    return [[`${name}${filesOf(references, reference.role).indexOf(reference) + 1}`, url] as const]
  })
  return bound.length > 0 ? Object.fromEntries(bound) : undefined
}

/** What differs between the modes (docs/providers/evolink.md, "Create an edit" and "Other modes"). */
const mediaOf = ({ mode, media, options }: ProviderRequest) => {
  switch (mode) {
    case 'edit':
      return {
        video_urls: filesOf(media, 'clip').map(({ url }) => url),
        image_urls: urls(media, 'reference-image'),
        keep_original_sound: options.sound === 'keep',
      }
    case 'text':
      return { audio_urls: urls(media, 'sound') }
    case 'image':
      return {
        generation_mode: generationMode(media),
        image_start: fileOf(media, 'first-frame')?.url,
        image_end: fileOf(media, 'last-frame')?.url,
        video_urls: urls(media, 'clip'),
        audio_urls: urls(media, 'sound'),
      }
    case 'references': {
      const bindings = voiceBindings(media)
      return {
        image_start: fileOf(media, 'first-frame')?.url,
        image_urls: urls(media, 'reference-image'),
        video_urls: urls(media, 'reference-video'),
        model_params: bindings && { voice_bindings: bindings },
      }
    }
  }
}

/**
 * The body of EvoLink's create call. Every default is sent, because its defaults are not the model's; members without
 * a value are left out of the JSON.
 */
export const evoLinkBody = (
  { model, limits }: Pick<ProviderMode, 'model' | 'limits'>,
  request: ProviderRequest,
) => {
  const { mode, media, options, prompt, negativePrompt } = request
  return {
    model,
    prompt: prompt || undefined,
    negative_prompt: negativePrompt || undefined,
    ...mediaOf(request),
    quality: options.quality,
    aspect_ratio: ratioFor(mode, media, options.ratio) ?? undefined,
    duration: mode === 'edit' ? options.cut : durationFor(limits, options.duration),
    seed: options.seed ?? undefined,
    prompt_extend: options.promptExtend,
    callback_url: asciiUrl(options.callbackUrl),
  }
}
