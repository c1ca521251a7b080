import type { Draft } from '../../preload/contract'

/** A new draft, except for the given members. */
export const aDraft = (part: Partial<Draft>): Draft => ({
  clipId: 'clip',
  provider: 'sandbox',
  prompt: '',
  negativePrompt: '',
  imageIds: [],
  selection: null,
  moreSelections: [],
  fixes: {},
  options: {
    quality: '720p',
    ratio: null,
    sound: 'auto',
    seed: null,
    promptExtend: true,
    watermark: false,
    cut: 0,
    callbackUrl: null,
  },
  updatedAt: 0,
  ...part,
})
