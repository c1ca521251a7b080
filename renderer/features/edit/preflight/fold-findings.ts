import type { Draft, Finding, Fix, Report } from '../../../../preload/contract'
import { fixOf, isChosen, isOpen, remediesFor, usesBackground } from './remedies'

/** What a finding is about. */
export type Subject =
  | { kind: 'clip'; id: string }
  /** `number` is its place in the prompt; left out where only this image is shown. */
  | { kind: 'image'; id: string; number?: number }
  | { kind: 'edit' }

export interface Line {
  key: string
  subject: Subject
  finding: Finding
}

/** A finding that a chosen fix settles. */
export interface SettledLine extends Line {
  /** The finding after the fix; null when the rule reports nothing any more. */
  outcome: Finding | null
}

export interface Folded {
  /** Findings that need attention, worst first. */
  open: Line[]
  /** Findings that the chosen fixes settle. */
  settled: SettledLine[]
  /** Checks that passed. */
  passed: Line[]
}

/** Whether no remedy exists, for example for a clip that is too short. */
export const isHopeless = ({ subject, finding }: Line): boolean =>
  subject.kind === 'clip' && finding.level === 'fail' && finding.remedy === undefined

const keyOf = (subject: Subject, finding: Finding, index: number) =>
  `${subject.kind}-${'id' in subject ? subject.id : ''}-${finding.rule}-${index}`

/** Compares the findings of a file before and after its fixes. */
export const foldReport = (subject: Subject, before: Report | null, after: Report): Folded => {
  const line = (finding: Finding, index: number): Line => ({
    key: keyOf(subject, finding, index),
    subject,
    finding,
  })
  const stillOpen = new Set(after.findings.filter(isOpen).map(({ rule }) => rule))
  const settled = (before?.findings ?? [])
    .filter((finding) => isOpen(finding) && !stillOpen.has(finding.rule))
    .map((finding, index) => ({
      ...line(finding, index),
      outcome: after.findings.find(({ rule }) => rule === finding.rule) ?? null,
    }))
  const settledRules = new Set(settled.map(({ finding }) => finding.rule))
  return {
    open: after.findings.filter(isOpen).map(line),
    settled,
    passed: after.findings
      .filter((finding) => !isOpen(finding) && !settledRules.has(finding.rule))
      .map(line),
  }
}

const severity = { fail: 0, warn: 1, info: 2, pass: 3 } as const

/** Joins folded reports into one, worst first; within a level the order of the reports stays. */
export const joinFolded = (parts: readonly Folded[]): Folded => ({
  open: parts
    .flatMap(({ open }) => open)
    .toSorted((a, b) => severity[a.finding.level] - severity[b.finding.level]),
  settled: parts.flatMap(({ settled }) => settled),
  passed: parts.flatMap(({ passed }) => passed),
})

/** The findings about the clip only. */
export const ofClip = ({ open, settled, passed }: Folded): Folded => {
  const isClip = ({ subject }: Line) => subject.kind === 'clip'
  return {
    open: open.filter(isClip),
    settled: settled.filter(isClip),
    passed: passed.filter(isClip),
  }
}

/** The findings of the edit. Its passed checks are left out when no check of the clip passed. */
export const besideClip = (edit: Folded, clip: Folded): Folded =>
  clip.passed.length > 0 ? edit : { ...edit, passed: [] }

/** All findings that one chosen remedy settles, with one Undo and one set of choices. */
export interface SettledGroup {
  key: string
  subject: Exclude<Subject, { kind: 'edit' }>
  lines: SettledLine[]
  /** The finding whose remedy can be undone; null where a remedy for another finding settled this one. */
  undo: Finding | null
  /** The finding whose remedy offers choices. */
  choices: Finding | null
  /** Whether the choices include the fill colour. Only one group of a file does, because its fixes share the colour. */
  hasColour: boolean
}

const isOwn = (draft: Draft, fileId: string, finding: Finding): boolean =>
  isChosen(draft, fileId, finding) ||
  (finding.remedy === 'trim' && fileId === draft.source.clipId && draft.source.selection !== null)

/** Every remedy keeps one track only, so the track can be chosen whichever remedy runs. */
const hasChoice = ({ remedy }: Finding): boolean => remedy === 'keep-first-track'

const fills = (finding: Finding, fix: Fix): boolean => {
  const ways = remediesFor(finding)
  if (ways.includes('pad')) return fix.remedies.includes('pad') && fix.pad !== 'blur'
  return usesBackground(ways)
}

/** Groups settled lines by remedy. Lines that another remedy settled join the first group of their file. */
export const settledGroups = (settled: readonly SettledLine[], draft: Draft): SettledGroup[] => {
  const groups: SettledGroup[] = []
  const others: Pick<SettledGroup, 'subject' | 'lines'>[] = []
  for (const line of settled) {
    const { subject, finding } = line
    if (subject.kind === 'edit') continue
    const own = isOwn(draft, subject.id, finding)
    const key = `${subject.id} ${remediesFor(finding).toSorted().join(' ')}`
    const group = groups.find((one) => one.key === key)
    const isFilled = groups.some((one) => one.subject.id === subject.id && one.hasColour)
    if (!own && !hasChoice(finding)) others.push({ subject, lines: [line] })
    else if (group) group.lines.push(line)
    else
      groups.push({
        key,
        subject,
        lines: [line],
        undo: own ? finding : null,
        choices: finding,
        hasColour: !isFilled && fills(finding, fixOf(draft, subject.id)),
      })
  }
  for (const { subject, lines } of others) {
    const group = groups.find((one) => one.subject.id === subject.id)
    if (group) group.lines.push(...lines)
    else
      groups.push({ key: subject.id, subject, lines, undo: null, choices: null, hasColour: false })
  }
  return groups
}
