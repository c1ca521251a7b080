/** What a number is never parted from by the end of a line. */
const units = 'px|s|ms|min|h|B|kB|MB|GB|bytes?|fps|frames?|credits?|%'

const pairs = new RegExp(
  `(?<=\\d) (?=(?:${units})(?![\\p{L}\\d])|\\p{Script=Han}|×)|(?<=×) (?=\\d)|(?<=≈) (?=\\S)`,
  'gu',
)

/** The same words with no-break spaces between a number and its unit, and within 1920 × 1080. */
export const keepTogether = (words: string): string => words.replace(pairs, '\u00a0')
