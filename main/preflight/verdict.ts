import type {
  ClipFacts,
  Facts,
  Finding,
  ImageFacts,
  Level,
  Remedy,
  Report,
  SoundFacts,
  Verdict,
} from '../../preload/contract'
import { onlyByChoice, remedy } from '../../preload/contract/preflight'
import { fileLimits } from '../../preload/contract/wan27'
import { clipRules, helpsClip } from './clip-rules'
import { type EditSubject, editRules } from './edit-rules'
import { looksLikeClip } from './file-names'
import type { Size } from './geometry'
import { helpsImage, imageRules } from './image-rules'
import { findingOf, judgeAll } from './judgement'
import { type ClipRole, isClipRole, isSoundRole, type Purpose, type SoundRole } from './purpose'
import { helpsSound, soundOfClip, soundRules, soundTrackRules } from './sound-rules'
import { contentKey } from './wording'

/** The worst level; info counts as pass. */
export const verdictOf = (findings: readonly { level: Level }[]): Verdict => {
  if (findings.some(({ level }) => level === 'fail')) return 'fail'
  return findings.some(({ level }) => level === 'warn') ? 'warn' : 'pass'
}

const reportOf = (findings: Finding[]): Report => ({ verdict: verdictOf(findings), findings })

/** Checks a clip. `name` is the file's name, because one rule is about its extension. */
export const checkClip = (facts: ClipFacts, name: string, role: ClipRole = 'clip'): Report => {
  const limits = fileLimits[role]
  return reportOf(judgeAll(clipRules, { facts, name, limits }, helpsClip(facts, limits)))
}

/** Checks a reference image or a frame. `like` is the size of the first frame, for a last one. */
export const checkImage = (facts: ImageFacts, name: string, like: Size | null = null): Report =>
  reportOf(judgeAll(imageRules, { facts, name, like }, helpsImage(facts)))

/** Checks a sound, or a clip of which only the sound is wanted. */
const checkSound = (source: SoundFacts | ClipFacts, name: string, role: SoundRole): Report => {
  const limits = fileLimits[role]
  const facts = source.kind === 'sound' ? source : soundOfClip(source)
  if (facts === null) {
    const judgement = { measured: 0, limit: 1, variant: 'missing' }
    return reportOf([findingOf('audio', { level: 'fail', ...judgement })])
  }
  const rules = source.kind === 'sound' ? soundRules : soundTrackRules
  return reportOf(judgeAll(rules, { facts, name, limits }, helpsSound(facts)))
}

/** The kind of content of a file; null when unknown. */
const contentOf = (facts: Facts): string | null =>
  facts.kind === 'video' ? facts.container : facts.format

/** A file that cannot be used fails one rule: which one depends on why it was given. */
const checkOther = (facts: Facts, name: string, purpose: Purpose | undefined): Report => {
  if (facts.kind === 'other' && facts.unreadable !== null) {
    const { unreadable } = facts
    const judgement = { measured: unreadable, limit: true, variant: unreadable }
    return reportOf([findingOf('readable', { level: 'fail', ...judgement })])
  }
  const isClip = purpose ? isClipRole(purpose.role) : looksLikeClip(name)
  const isSound = purpose !== undefined && isSoundRole(purpose.role)
  const [rule, allowed] = isClip
    ? (['container', fileLimits.clip.containers] as const)
    : (['format', fileLimits[isSound ? 'sound' : 'reference-image'].formats] as const)
  const content = contentOf(facts)
  return reportOf([
    findingOf(rule, {
      level: 'fail',
      measured: content ?? 'unknown',
      limit: allowed.join(', '),
      variant: purpose === undefined ? 'other' : isSound ? 'unheard' : 'unlike',
      values: { content: contentKey(content) },
    }),
  ])
}

/**
 * Checks a file for its purpose: by the limits of its role, and whether it is of the right kind. Without a purpose, a clip
 * counts as one to edit and an image as a reference.
 */
export const checkFile = (facts: Facts, name: string, purpose?: Purpose): Report => {
  const { role, firstFrame = null } = purpose ?? { role: null }
  if (role !== null && isSoundRole(role)) {
    if (facts.kind === 'video' || facts.kind === 'sound') return checkSound(facts, name, role)
  } else if (facts.kind === 'video' && (role === null || isClipRole(role)))
    return checkClip(facts, name, role ?? 'clip')
  else if (facts.kind === 'image' && (role === null || !isClipRole(role)))
    return checkImage(facts, name, role === 'last-frame' ? firstFrame : null)
  return checkOther(facts, name, purpose)
}

/** Checks what belongs to the edit itself: prompt, number of images, options, storage and key. */
export const checkEdit = (subject: EditSubject): Report => reportOf(judgeAll(editRules, subject))

/** What "Fix all" does for a report: each remedy once, in the order they are shown. */
export const remediesOf = (report: Report): Remedy[] => {
  const offered = new Set(report.findings.map((finding) => finding.remedy))
  return remedy.options.filter((one) => offered.has(one) && !onlyByChoice.includes(one))
}
