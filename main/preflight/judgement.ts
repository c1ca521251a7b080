import type { Finding, Level, Remedy, RuleId } from '../../preload/contract'
import { say } from '../../preload/contract/language'

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

/** Puts a judgement into words. */
export const findingOf = (rule: RuleId, judgement: Judgement): Finding => {
  const text = { key: `finding.${rule}_${judgement.variant}`, values: judgement.values ?? {} }
  return {
    rule,
    level: judgement.level,
    measured: judgement.measured,
    limit: judgement.limit,
    message: say(text, 'en'),
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
