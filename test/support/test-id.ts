import { createHash } from 'node:crypto'

/** A UUID that is always the same for a word, so that a test can speak of "one" and "two". */
export const testId = (word: string): string => {
  const hex = createHash('sha256').update(word).digest('hex')
  const [a, b, c, d, e] = [
    [0, 8],
    [8, 12],
    [13, 16],
    [17, 20],
    [20, 32],
  ].map(([from, to]) => hex.slice(from, to))
  return `${a}-${b}-4${c}-8${d}-${e}`
}
