import type { ImageFacts, Remedy } from '../../preload/contract'
import { frameOfRatio } from '../../preload/contract/reframe'
import { fileLimits } from '../../preload/contract/wan27'
import type { Treatment } from './clip-plan'
import { type Fit, fitSize } from './geometry'
import type { Purpose } from './purpose'

const limits = fileLimits['reference-image']

/** How to encode an image anew. */
export interface ImageEncodePlan {
  how: 'encode'
  format: 'jpeg' | 'png'
  flatten: boolean
  /** null where the size is unknown. */
  fit: Fit | null
  /** Fill the padding with the picture, enlarged and blurred. */
  blur: boolean
  maxBytes: number
}

export type ImagePlan = { how: 'keep' } | ImageEncodePlan

const encoding: readonly Remedy[] = [
  'convert',
  'flatten',
  'first-frame',
  'to-srgb',
  'scale',
  'pad',
  'crop',
  'fit-size',
]
const lossless: readonly string[] = ['png', 'bmp', 'gif', 'tiff']

const formatFor = (facts: ImageFacts, remedies: readonly Remedy[]): 'jpeg' | 'png' => {
  if (facts.transparent && !remedies.includes('flatten')) return 'png'
  if (remedies.includes('fit-size')) return 'jpeg'
  return lossless.includes(facts.format) ? 'png' : 'jpeg'
}

/** `crop` fits a last frame to the first one, unless a frame is given. */
const withCrop = (facts: ImageFacts, treatment: Treatment, like: Purpose['firstFrame']) => {
  const { width, height } = facts
  if (treatment.crop || !like || !width || !height) return treatment
  return { ...treatment, crop: frameOfRatio({ width, height }, `${like.width}:${like.height}`) }
}

/** What remedies require to be done to an image. Forecast and run share this decision. */
export const planImage = (
  facts: ImageFacts,
  chosen: Treatment,
  purpose?: Pick<Purpose, 'firstFrame'>,
): ImagePlan => {
  const treatment = withCrop(facts, chosen, purpose?.firstFrame)
  const { remedies } = treatment
  if (!remedies.some((remedy) => encoding.includes(remedy))) return { how: 'keep' }
  const { width, height } = facts
  const bounds = { side: limits.side, aspect: limits.aspect, even: false }
  return {
    how: 'encode',
    format: formatFor(facts, remedies),
    flatten: remedies.includes('flatten'),
    fit: width && height ? fitSize({ width, height }, treatment, bounds) : null,
    blur: treatment.pad === 'blur',
    maxBytes: limits.bytes.warn,
  }
}
