import type {
  ClipFacts,
  Facts,
  Finding,
  ImageFacts,
  Level,
  OtherFacts,
  Remedy,
  Report,
  Verdict,
} from '../../preload/contract'
import { onlyByChoice, remedy } from '../../preload/contract/preflight'
import { wan27 } from '../../preload/contract/wan27'
import { clipRules, helpsClip } from './clip-rules'
import { type EditSubject, editRules } from './edit-rules'
import { looksLikeClip } from './file-names'
import { helpsImage, imageRules } from './image-rules'
import { findingOf, judgeAll } from './judgement'
import { contentKey } from './wording'

/** The worst level; info counts as pass. */
export const verdictOf = (findings: readonly { level: Level }[]): Verdict => {
  if (findings.some(({ level }) => level === 'fail')) return 'fail'
  return findings.some(({ level }) => level === 'warn') ? 'warn' : 'pass'
}

const reportOf = (findings: Finding[]): Report => ({ verdict: verdictOf(findings), findings })

/** Checks a clip. `name` is the file's name, because one rule is about its extension. */
export const checkClip = (facts: ClipFacts, name: string): Report =>
  reportOf(judgeAll(clipRules, { facts, name }, helpsClip(facts)))

/** Checks a reference image. */
export const checkImage = (facts: ImageFacts, name: string): Report =>
  reportOf(judgeAll(imageRules, { facts, name }, helpsImage(facts)))

/** A file that is neither clip nor image fails one rule: which one depends on why it was given. */
const checkOther = ({ unreadable, format }: OtherFacts, name: string): Report => {
  if (unreadable !== null) {
    const judgement = { measured: unreadable, limit: true, variant: unreadable }
    return reportOf([findingOf('readable', { level: 'fail', ...judgement })])
  }
  const { clip, image } = wan27.edit
  const [rule, allowed] = looksLikeClip(name)
    ? (['container', clip.containers] as const)
    : (['format', image.formats] as const)
  return reportOf([
    findingOf(rule, {
      level: 'fail',
      measured: format ?? 'unknown',
      limit: allowed.join(', '),
      variant: 'other',
      values: { content: contentKey(format) },
    }),
  ])
}

/** Checks a file by the rules for its kind. */
export const checkFile = (facts: Facts, name: string): Report => {
  switch (facts.kind) {
    case 'video':
      return checkClip(facts, name)
    case 'image':
      return checkImage(facts, name)
    case 'other':
      return checkOther(facts, name)
  }
}

/** Checks what belongs to the edit itself: prompt, number of images, options, storage and key. */
export const checkEdit = (subject: EditSubject): Report => reportOf(judgeAll(editRules, subject))

/** What "Fix all" does for a report: each remedy once, in the order they are shown. */
export const remediesOf = (report: Report): Remedy[] => {
  const offered = new Set(report.findings.map((finding) => finding.remedy))
  return remedy.options.filter((one) => offered.has(one) && !onlyByChoice.includes(one))
}
