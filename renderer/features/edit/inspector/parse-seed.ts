/** A typed seed: a whole number within the bounds, null for none, undefined for anything else. */
export const parseSeed = (
  typed: string,
  { min, max }: { min: number; max: number },
): number | null | undefined => {
  const text = typed.trim()
  if (text === '') return null
  if (!/^-?\d+$/.test(text)) return undefined
  const seed = Number(text)
  return seed >= min && seed <= max ? seed : undefined
}
