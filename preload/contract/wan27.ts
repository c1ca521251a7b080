import type { ProviderLimits } from './provider-row'

/** The model's own limits as DashScope documents them (PROVIDERS.md §0, §1.3); other services deviate by row. */
export const wan27: ProviderLimits = {
  promptCharacters: 5000,
  negativePromptCharacters: 500,
  images: { min: 0, max: 4, used: 4 },
  qualities: ['720p', '1080p'],
  ratios: ['16:9', '9:16', '1:1', '4:3', '3:4'],
  keepsRatio: true,
  seed: { min: 0, max: 2_147_483_647 },
  cut: { min: 2, max: 10 },
  options: { sound: true, promptExtend: true, watermark: true, callback: false },
}

/** Milliseconds that every service keeps a result: all their links live a day. */
export const resultLife = 24 * 3_600_000
