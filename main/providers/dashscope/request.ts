import {
  durationFor,
  type FileRole,
  fileOf,
  filesOf,
  type ProviderMode,
  ratioFor,
  referencesOf,
} from '../../../preload/contract'
import type { ProviderRequest, RequestFile } from '../provider'

/**
 * The body of DashScope's create call (docs/providers/dashscope.md, "Create an edit" and "Other modes"). Members
 * that are undefined are left out of the JSON.
 */
export interface DashScopeBody {
  model: string
  input: {
    prompt: string | undefined
    negative_prompt: string | undefined
    audio_url?: string
    media?: { type: string; url: string; reference_voice?: string }[]
  }
  parameters: Record<string, string | number | boolean | undefined>
}

/** The service's words for the roles that are items of `media`, in a mode. */
const types: Record<'edit' | 'image' | 'references', Partial<Record<FileRole, string>>> = {
  edit: { clip: 'video', 'reference-image': 'reference_image' },
  image: {
    'first-frame': 'first_frame',
    clip: 'first_clip',
    'last-frame': 'last_frame',
    sound: 'driving_audio',
  },
  references: {
    'first-frame': 'first_frame',
    'reference-image': 'reference_image',
    'reference-video': 'reference_video',
  },
}

/** The files as items of `media`, in their order, by which the prompt counts them. A voice is a member of its reference. */
const mediaOf = (mode: keyof typeof types, files: readonly RequestFile[]) => {
  const references = referencesOf(files)
  const voices = new Map(
    filesOf(files, 'voice').map(({ of = 0, url }) => [references[of - 1], url] as const),
  )
  return files.flatMap((file) => {
    const type = types[mode][file.role]
    const voice = voices.get(file)
    const spoken = voice === undefined ? {} : { reference_voice: voice }
    return type ? [{ type, url: file.url, ...spoken }] : []
  })
}

/** A request as DashScope expects it. Every default is sent, because copies of the service have other defaults. */
export const dashScopeBody = (
  { model, limits }: Pick<ProviderMode, 'model' | 'limits'>,
  request: ProviderRequest,
): DashScopeBody => {
  const { mode, media, options, prompt, negativePrompt } = request
  const sound = mode === 'text' ? fileOf(media, 'sound') : undefined
  const isEdit = mode === 'edit'
  return {
    model,
    input: {
      prompt: prompt || undefined,
      negative_prompt: negativePrompt || undefined,
      ...(sound ? { audio_url: sound.url } : {}),
      ...(mode === 'text' ? {} : { media: mediaOf(mode, media) }),
    },
    parameters: {
      resolution: options.quality.toUpperCase(),
      ratio: ratioFor(mode, media, options.ratio) ?? undefined,
      duration: isEdit ? options.cut : durationFor(limits, options.duration),
      ...(isEdit ? { audio_setting: options.sound === 'keep' ? 'origin' : 'auto' } : {}),
      prompt_extend: options.promptExtend,
      watermark: options.watermark,
      seed: options.seed ?? undefined,
    },
  }
}

/** The headers of the create call. The service reads `oss://` addresses only with the second one. */
export const createHeaders = ({ input }: DashScopeBody): Record<string, string> => {
  const urls = [
    input.audio_url,
    ...(input.media ?? []).flatMap(({ url, reference_voice }) => [url, reference_voice]),
  ]
  const stored = urls.some((url) => url?.startsWith('oss://'))
  return {
    'X-DashScope-Async': 'enable',
    ...(stored ? { 'X-DashScope-OssResourceResolve': 'enable' } : {}),
  }
}
