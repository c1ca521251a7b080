import type { Finding, Level, Range, Remedy, RuleId, Text } from '../../preload/contract'
import { say } from '../../preload/contract/language'

/** Both ends of a range belong to it. */
export const within = (value: number, { min, max }: Range): boolean => value >= min && value <= max

/** What a rule says of one value, before it is put into words. */
export interface Judgement {
  level: Level
  measured: Finding['measured']
  limit: Finding['limit']
  /** Which of the rule's sentences: the text is `finding.<rule>_<variant>`. */
  variant: string
  values?: Record<string, string | number>
  remedy?: Remedy | undefined
}

/** A row of the table: its id, and what it says of the facts; null where there is nothing to measure. */
export interface Rule<Subject> {
  rule: RuleId
  judge: (subject: Subject) => Judgement | null
}

/** Sentences that are kept: clips share most of them, and hundreds of drafts are judged at a time. */
const mostKept = 2000
const sentences = new Map<string, string>()

const inEnglish = (text: Text): string => {
  const name = JSON.stringify(text)
  const known = sentences.get(name)
  if (known !== undefined) return known
  const sentence = say(text, 'en')
  if (sentences.size >= mostKept) sentences.clear()
  sentences.set(name, sentence)
  return sentence
}

/** Puts a judgement into words. */
export const findingOf = (rule: RuleId, judgement: Judgement): Finding => {
  const text = { key: `finding.${rule}_${judgement.variant}`, values: judgement.values ?? {} }
  return {
    rule,
    level: judgement.level,
    measured: judgement.measured,
    limit: judgement.limit,
    message: inEnglish(text),
    text,
    ...(judgement.remedy && judgement.level !== 'pass' ? { remedy: judgement.remedy } : {}),
  }
}

/** All rules of a table, in its order. */
export const judgeAll = <Subject>(rules: readonly Rule<Subject>[], subject: Subject): Finding[] =>
  rules.flatMap(({ rule, judge }) => {
    const judgement = judge(subject)
    return judgement ? [findingOf(rule, judgement)] : []
  })
