import type { ProviderLimits } from '../../../../preload/contract'

/** What is said of how many images there are; null where all is well. */
export const imagesNote = (
  count: number,
  { min, max, used }: ProviderLimits['images'],
): { say: 'few' | 'full' | 'onlyFirst'; count: number } | null => {
  if (count < min) return { say: 'few', count: min }
  if (count > max) return { say: 'full', count: max }
  return count > used ? { say: 'onlyFirst', count: used } : null
}
