import type { Failure, Finding, Language, Report, Text } from '../../../preload/contract'
import { say } from '../../../preload/contract/language'
import { text } from '../../../preload/contract/text'
import { databaseWords } from '../../database/database-words'
import { hasCode, pathOf } from '../../files/errno'
import { printable } from '../../tools/quote'

/** A request that the command line refuses; `text` is shown to the person. */
export class CliRefusal extends Error {
  override readonly name = 'CliRefusal'
  constructor(
    readonly text: Text,
    /** The findings that caused it, worst first. */
    readonly findings: readonly Finding[] = [],
    /** What to do next, one line each. */
    readonly hints: readonly Text[] = [],
  ) {
    super(text.key)
  }
}

export type Speak = (key: string, values?: Text['values']) => string

/** Translates texts. `reshoot` is how the person calls the command line, for hints that can be pasted. */
export const speaker =
  (language: Language, reshoot = 'reshoot'): Speak =>
  (key, values = {}) => {
    const plain = Object.entries(values).map(([name, value]) => [name, printableValue(value)])
    return say({ key, values: { reshoot, ...Object.fromEntries(plain) } }, language)
  }

const printableValue = (value: string | number): string | number =>
  typeof value === 'string' ? printable(value) : value

/** One sentence for any error. Never a stack trace. */
export const sentenceOf = (error: unknown, speak: Speak): string =>
  expectedSentence(error, speak) ?? speak('cli.unexpected', { reason: reasonOf(error) })

/** One sentence for an error that nobody expected, with the id that the log has it under. */
export const unexpectedSentence = (error: unknown, id: string, speak: Speak): string =>
  speak('cli.unexpected_error', { reason: reasonOf(error), id })

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

/** What an error itself, the database or the system says; null for an error that nobody expected. */
export const expectedSentence = (error: unknown, speak: Speak): string | null => {
  if (!(error instanceof Error)) return null
  if ('failure' in error) return failureSentence(error.failure as Failure, speak)
  const words = text.safeParse('text' in error ? error.text : undefined)
  if (words.success)
    return [speak(words.data.key, words.data.values), ...toolLines(words.data, speak)].join('\n')
  const stored = databaseWords(error)
  if (stored) return speak(stored.key, stored.values)
  return systemSentence(error, speak)
}

const failureSentence = (failure: Failure, speak: Speak): string =>
  [speak(failure.text.key, failure.text.values), ...providerLines(failure, speak)].join('\n')

/** What the tool itself wrote, below the sentence. */
const toolLines = ({ values }: Text, speak: Speak): string[] =>
  String(values['tool'] ?? '')
    .split('\n')
    .flatMap((line) => (line.trim() ? [`  ${speak('cli.tool_said', { line })}`] : []))

/** The provider's own code and message, if any. */
export const providerLines = ({ provider }: Failure, speak: Speak): string[] => {
  const words = [provider?.code, provider?.message].filter(Boolean).join(': ')
  return words ? [`  ${speak('cli.provider_said', { words })}`] : []
}

const systemSentence = (error: unknown, speak: Speak): string | null => {
  const path = pathOf(error)
  if (hasCode(error, 'ENAMETOOLONG')) return speak('cli.name_too_long', { path })
  if (hasCode(error, 'ENOENT')) return speak('cli.not_found', { path })
  if (hasCode(error, 'ENOSPC', 'EDQUOT')) return speak('cli.no_space')
  if (hasCode(error, 'EISDIR', 'ENOTDIR')) return speak('cli.not_file', { path })
  if (hasCode(error, 'EACCES', 'EPERM', 'EROFS')) return speak('cli.not_allowed', { path })
  return null
}

const order = { fail: 0, warn: 1, info: 2, pass: 3 }

/** Findings without a remedy that have an advice. */
const advised: readonly string[] = [
  'readable_broken',
  'readable_undecodable',
  'readable_damaged',
  'readable_missing',
  'format_broken',
  'complete_broken',
  'decodes_broken',
  'protected_broken',
  'video_track_none',
  'duration_short',
  'duration_brief',
  'readable_unplayable',
]

/** What to do about a finding: its remedy, an advice, or null. */
const whatToDo = (
  { level, remedy, text: { key, values } }: Finding,
  speak: Speak,
): string | null => {
  if (level === 'pass' || level === 'info') return null
  if (remedy !== undefined) return speak(`cli.remedy_${remedy}`, values)
  const variant = key.replace('finding.', '')
  return advised.includes(variant) ? speak(`cli.advice_${variant}`) : null
}

const findingSaid = (finding: Finding, speak: Speak): string => {
  const said = speak(finding.text.key, finding.text.values)
  const advice = whatToDo(finding, speak)
  return advice === null ? said : speak('cli.finding_and_advice', { said, advice })
}

/** Of a file that cannot be read, findings without a measured value are left out. */
const isMeasured = (finding: Finding, all: readonly Finding[]): boolean =>
  !finding.text.key.endsWith('_unknown') ||
  !all.some(({ rule, level }) => rule === 'readable' && level === 'fail')

/** Findings that do not pass, worst first, one line each with its advice. */
export const findingLines = (findings: readonly Finding[], speak: Speak): string[] =>
  findings
    .filter((finding) => finding.level !== 'pass' && isMeasured(finding, findings))
    .toSorted((a, b) => order[a.level] - order[b.level])
    .map((finding) => `  ${finding.level}  ${finding.rule}: ${findingSaid(finding, speak)}`)

export const failuresOf = (report: Report): Finding[] =>
  report.findings.filter((finding) => finding.level === 'fail')
