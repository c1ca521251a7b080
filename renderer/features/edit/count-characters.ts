/** Characters as the services count them: Unicode code points, so that 字 and 🎬 are one each. */
export const countCharacters = (text: string): number => {
  let count = 0
  for (const _ of text) count += 1
  return count
}
