import { modeTable } from './mode-table'
import type { ProviderLimits } from './provider-row'

/** What the model accepts for an edit (docs/providers/dashscope.md, "Create an edit"); a service that differs says so in its row. */
export const wan27: ProviderLimits = {
  promptCharacters: 5000,
  negativePromptCharacters: 500,
  images: { ...modeTable.edit.roles['reference-image'], used: 4 },
  qualities: ['720p', '1080p'],
  ratios: ['16:9', '9:16', '1:1', '4:3', '3:4'],
  keepsRatio: true,
  seed: { min: 0, max: 2_147_483_647 },
  cut: { min: 2, max: 10 },
  options: { sound: true, promptExtend: true, watermark: true, callback: false },
}

/** Milliseconds that every service keeps a result: links live for 24 hours. */
export const resultLife = 24 * 3_600_000
