import type { Facts, Remedy } from '../../preload/contract'

/**
 * Extension of what a selection and remedies make of a file: clips become MP4; images keep their format
 * where the service takes it and nothing speaks against it.
 */
export const preparedExtension = (facts: Facts, remedies: readonly Remedy[]): string => {
  if (facts.kind !== 'image') return '.mp4'
  if (remedies.includes('fit-size')) return '.jpg'
  if (facts.format === 'jpeg') return '.jpg'
  if (facts.format === 'webp') return '.webp'
  return '.png'
}
