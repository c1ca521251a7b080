import type { Failure, Finding, Language, Report, Text } from '../../../preload/contract'
import { say } from '../../../preload/contract/language'
import { text } from '../../../preload/contract/text'
import { wan27 } from '../../../preload/contract/wan27'
import { databaseWords } from '../../database/database-words'

/** Something a person asked for that the command line does not do, said in a text. */
export class CliRefusal extends Error {
  override readonly name = 'CliRefusal'
  constructor(
    readonly text: Text,
    /** What was measured, worst first. */
    readonly findings: readonly Finding[] = [],
    /** What to do next, each as a line of its own. */
    readonly hints: readonly Text[] = [],
  ) {
    super(text.key)
  }
}

export type Speak = (key: string, values?: Text['values']) => string

/** Says texts of the tables; `reshoot` is what a person types before a command, for hints that can be pasted. */
export const speaker =
  (language: Language, reshoot = 'reshoot'): Speak =>
  (key, values = {}) => {
    const plain = Object.entries(values).map(([name, value]) => [name, printableValue(value)])
    return say({ key, values: { reshoot, ...Object.fromEntries(plain) } }, language)
  }

/** A name or message on one line: what would break the line, drive the terminal or turn text around is escaped. */
export const printable = (words: string): string =>
  words.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, escaped)

const escaped = (character: string): string => {
  if (character === '\n') return '\\n'
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
}

const printableValue = (value: string | number): string | number =>
  typeof value === 'string' ? printable(value) : value

/** One sentence for whatever was thrown. Never a stack trace. */
export const sentenceOf = (error: unknown, speak: Speak): string => {
  if (!(error instanceof Error)) return speak('cli.unexpected', { reason: String(error) })
  if ('failure' in error) return failureSentence(error.failure as Failure, speak)
  const words = text.safeParse('text' in error ? error.text : undefined)
  if (words.success) return speak(words.data.key, words.data.values)
  const stored = databaseWords(error)
  if (stored) return speak(stored.key, stored.values)
  return systemSentence(error, speak) ?? speak('cli.unexpected', { reason: error.message })
}

const failureSentence = (failure: Failure, speak: Speak): string =>
  [speak(failure.text.key, failure.text.values), ...providerLines(failure, speak)].join('\n')

/** The provider's own words, where there are any. */
export const providerLines = ({ provider }: Failure, speak: Speak): string[] => {
  const words = [provider?.code, provider?.message].filter(Boolean).join(': ')
  return words ? [`  ${speak('cli.provider_said', { words })}`] : []
}

const systemSentence = (error: Error, speak: Speak): string | null => {
  if (!('code' in error)) return null
  const path = 'path' in error && typeof error.path === 'string' ? error.path : ''
  if (error.code === 'ENAMETOOLONG') return speak('cli.name_too_long', { path })
  if (error.code === 'ENOENT') return speak('cli.not_found', { path })
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return speak('cli.no_space')
  if (error.code === 'EISDIR' || error.code === 'ENOTDIR') return speak('cli.not_file', { path })
  if (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS')
    return speak('cli.not_allowed', { path })
  return null
}

const order = { fail: 0, warn: 1, info: 2, pass: 3 }

/** Texts of findings that nothing here mends, each with an advice of its own under the same name. */
const advised: readonly string[] = [
  'readable_broken',
  'readable_undecodable',
  'readable_damaged',
  'readable_missing',
  'format_broken',
  'complete_broken',
  'protected_broken',
  'video_track_none',
  'duration_short',
]

/** What to do about a finding: its remedy, an advice, or nothing. */
const whatToDo = ({ level, remedy, text: { key } }: Finding, speak: Speak): string | null => {
  if (level === 'pass' || level === 'info') return null
  if (remedy !== undefined)
    return speak(`cli.remedy_${remedy}`, { max: wan27.edit.clip.duration.max })
  const variant = key.replace('finding.', '')
  return advised.includes(variant) ? speak(`cli.advice_${variant}`) : null
}

const findingSaid = (finding: Finding, speak: Speak): string => {
  const said = speak(finding.text.key, finding.text.values)
  const advice = whatToDo(finding, speak)
  return advice === null ? said : speak('cli.finding_and_advice', { said, advice })
}

/** Of a file that cannot be read, only what could be measured is worth a line. */
const isMeasured = (finding: Finding, all: readonly Finding[]): boolean =>
  !finding.text.key.endsWith('_unknown') ||
  !all.some(({ rule, level }) => rule === 'readable' && level === 'fail')

/** What does not simply pass, worst first, one line each: what was measured, and what to do. */
export const findingLines = (findings: readonly Finding[], speak: Speak): string[] =>
  findings
    .filter((finding) => finding.level !== 'pass' && isMeasured(finding, findings))
    .toSorted((a, b) => order[a.level] - order[b.level])
    .map((finding) => `  ${finding.level}  ${finding.rule}: ${findingSaid(finding, speak)}`)

export const failuresOf = (report: Report): Finding[] =>
  report.findings.filter((finding) => finding.level === 'fail')

/** A command that a person can copy: quoted where a shell would read it otherwise. */
export const shellQuote = (words: readonly string[]): string => words.map(shellWord).join(' ')

const shellWord = (word: string): string => {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  const quoted = `'${word.replaceAll("'", `'\\''`)}'`
  // A newline in a name: shown as it is, it would break the line; escaped, only this kind of quotes reads it back.
  return printable(word) === word ? quoted : `$'${printable(word.replace(/[\\']/g, '\\$&'))}'`
}
