import { languages } from '../../preload/contract/language/languages'

/** Units that are the same in every language; `languages` names the others. */
const symbols = 'px|s|ms|h|B|kB|MB|GB|fps|%'

const units = [`(?:${symbols})(?![\\p{L}\\d])`, ...languages.map(({ units }) => units)].join('|')
const pairs = new RegExp(`(?<=\\d) (?=${units}|×)|(?<=×) (?=\\d)|(?<=≈) (?=\\S)`, 'gu')

/** The same words with no-break spaces between a number and its unit, and within 1920 × 1080. */
export const keepTogether = (words: string): string => words.replace(pairs, '\u00a0')
