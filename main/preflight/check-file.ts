import type {
  ClipFacts,
  Facts,
  Finding,
  ImageFacts,
  Level,
  Remedy,
  Report,
  Verdict,
} from '../../preload/contract'
import { clipRules } from './clip-rules'
import { type EditSubject, editRules } from './edit-rules'
import { imageRules } from './image-rules'
import { judgeAll } from './judgement'
import { otherFindings } from './other-rules'

/** The worst level; info counts as pass. */
export const verdictOf = (findings: readonly { level: Level }[]): Verdict => {
  if (findings.some(({ level }) => level === 'fail')) return 'fail'
  return findings.some(({ level }) => level === 'warn') ? 'warn' : 'pass'
}

const reportOf = (findings: Finding[]): Report => ({ verdict: verdictOf(findings), findings })

/** Every rule of a clip. `name` is the file's name: its extension is one of the rules. */
export const checkClip = (facts: ClipFacts, name: string): Report =>
  reportOf(judgeAll(clipRules, { facts, name }))

/** Every rule of a reference image. */
export const checkImage = (facts: ImageFacts, name: string): Report =>
  reportOf(judgeAll(imageRules, { facts, name }))

/** Every rule that fits what the file is. */
export const checkFile = (facts: Facts, name: string): Report => {
  switch (facts.kind) {
    case 'video':
      return checkClip(facts, name)
    case 'image':
      return checkImage(facts, name)
    case 'other':
      return reportOf(otherFindings(facts, name))
  }
}

/** The edit's own rules: prompt, images, options and key. */
export const checkEdit = (subject: EditSubject): Report => reportOf(judgeAll(editRules, subject))

/** From what is chosen by the person to what merely follows. */
const order: readonly Remedy[] = [
  'trim',
  'crop',
  'pad',
  'scale',
  'convert',
  'first-frame',
  'flatten',
  'to-srgb',
  'tone-map',
  'constant-rate',
  'keep-first-track',
  're-encode',
  'fit-size',
  'remux',
  'rename',
]

/** The remedies that a report offers, each once, in the order they are best shown. */
export const remediesOf = (report: Report): Remedy[] => {
  const offered = new Set(report.findings.flatMap(({ remedy }) => (remedy ? [remedy] : [])))
  return order.filter((remedy) => offered.has(remedy))
}
