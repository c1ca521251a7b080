import type { Draft, Finding, Fix } from '../../../../preload/contract'
import type { SettledLine, Subject } from './fold-findings'
import { fixOf, isChosen, remediesFor, usesBackground } from './remedies'

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
