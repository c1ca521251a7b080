import type { Draft, Finding, Fix, Report } from '../../../../preload/contract'
import { fixOf, isChosen, remediesFor, usesBackground } from './remedies'

/** Where a finding belongs. */
export type Subject =
  | { kind: 'clip'; id: string }
  | { kind: 'image'; id: string; number: number }
  | { kind: 'edit' }

export interface Line {
  key: string
  subject: Subject
  finding: Finding
}

/** A finding that a chosen fix settles: as it was, and as it will be (null when the rule has no more to say). */
export interface SettledLine extends Line {
  outcome: Finding | null
}

export interface Folded {
  /** What still stands, worst first. */
  open: Line[]
  /** What the chosen fixes will settle. */
  settled: SettledLine[]
  /** What is as it should be. */
  passed: Line[]
}

/** Whether nothing on this screen mends it, for example a clip of 1.2 s. */
export const isHopeless = ({ subject, finding }: Line): boolean =>
  subject.kind === 'clip' && finding.level === 'fail' && finding.remedy === undefined

const isOpen = ({ level }: Finding) => level === 'warn' || level === 'fail'

const keyOf = (subject: Subject, finding: Finding, index: number) =>
  `${subject.kind}-${'id' in subject ? subject.id : ''}-${finding.rule}-${index}`

/** Compares a file as it is with the file as it will be. */
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

/** Several folded reports as one list, worst first; the order of the subjects is kept within a level. */
export const joinFolded = (parts: readonly Folded[]): Folded => ({
  open: parts
    .flatMap(({ open }) => open)
    .toSorted((a, b) => severity[a.finding.level] - severity[b.finding.level]),
  settled: parts.flatMap(({ settled }) => settled),
  passed: parts.flatMap(({ passed }) => passed),
})

/** What is said of the clip itself. */
export const ofClip = ({ open, settled, passed }: Folded): Folded => ({
  open: open.filter(({ subject }) => subject.kind === 'clip'),
  settled: settled.filter(({ subject }) => subject.kind === 'clip'),
  passed: passed.filter(({ subject }) => subject.kind === 'clip'),
})

/** Findings of the edit beside those of its clip: its passes count for nothing where nothing of the clip passed. */
export const besideClip = (edit: Folded, clip: Folded): Folded =>
  clip.passed.length > 0 ? edit : { ...edit, passed: [] }

/** What one chosen remedy settles: one way back and one set of choices for all of it. */
export interface SettledGroup {
  key: string
  subject: Exclude<Subject, { kind: 'edit' }>
  lines: SettledLine[]
  /** The finding whose remedy was chosen, to be taken back; null where another remedy settled it along the way. */
  undo: Finding | null
  /** The finding whose remedy can be done in several ways. */
  choices: Finding | null
  /** Whether the fill colour is among these choices: once a file, as it is the same for all its fixes. */
  hasColour: boolean
}

const isOwn = (draft: Draft, fileId: string, finding: Finding): boolean =>
  isChosen(draft, fileId, finding) ||
  (finding.remedy === 'trim' && fileId === draft.clipId && draft.selection !== null)

/** Any run keeps one track: which one is chosen here also where another remedy is what runs. */
const hasChoice = ({ remedy }: Finding): boolean => remedy === 'keep-first-track'

const fills = (finding: Finding, fix: Fix): boolean => {
  const ways = remediesFor(finding)
  if (ways.includes('pad')) return fix.remedies.includes('pad') && fix.pad !== 'blur'
  return usesBackground(ways)
}

/** Settled lines by what settles them; those that a remedy settles along the way stand with the first one of the file. */
export const settledGroups = (settled: readonly SettledLine[], draft: Draft): SettledGroup[] => {
  const groups: SettledGroup[] = []
  const along: SettledLine[] = []
  for (const line of settled) {
    const { subject, finding } = line
    if (subject.kind === 'edit') continue
    const own = isOwn(draft, subject.id, finding)
    if (!own && !hasChoice(finding)) along.push(line)
    else {
      const key = `${subject.id} ${remediesFor(finding).toSorted().join(' ')}`
      const group = groups.find((one) => one.key === key)
      if (group) group.lines.push(line)
      else {
        const isFilled = groups.some((one) => one.subject.id === subject.id && one.hasColour)
        groups.push({
          key,
          subject,
          lines: [line],
          undo: own ? finding : null,
          choices: finding,
          hasColour: !isFilled && fills(finding, fixOf(draft, subject.id)),
        })
      }
    }
  }
  return along.reduce(withAlong, groups)
}

const withAlong = (groups: SettledGroup[], line: SettledLine): SettledGroup[] => {
  const { subject } = line
  if (subject.kind === 'edit') return groups
  const at = groups.findIndex((one) => one.subject.id === subject.id)
  if (at >= 0)
    return groups.map((one, index) =>
      index === at ? { ...one, lines: [...one.lines, line] } : one,
    )
  const alone = { undo: null, choices: null, hasColour: false }
  return [...groups, { key: subject.id, subject, lines: [line], ...alone }]
}
