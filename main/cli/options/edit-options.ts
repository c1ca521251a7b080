import type { AspectRatio, ProviderId, Quality } from '../../../preload/contract'

/** The words of `reshoot edit`, parsed. */
export interface EditOptions {
  clip: string
  prompt: string
  negative: string
  images: readonly string[]
  provider: ProviderId | undefined
  quality: Quality
  ratio: AspectRatio | null
  cut: number
  keepAudio: boolean
  seed: number | null
  watermark: boolean
  promptExtend: boolean
  /** Told by the service when the edit is done. */
  callback: string | null
  /** Submit also what may cost more than the limit in Settings. */
  yes: boolean
  wait: boolean
  json: boolean
  home: string | undefined
}
