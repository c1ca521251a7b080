import { describe, expect, it } from 'vitest'
import type {
  Draft,
  Finding,
  Fix,
  Level,
  Remedy,
  Report,
  RuleId,
} from '../../../../preload/contract'
import {
  besideClip,
  foldReport,
  joinFolded,
  type SettledLine,
  type Subject,
  settledGroups,
} from '../../../../renderer/features/edit/preflight/fold-findings'
import { aDraft } from '../../a-draft'

const finding = (rule: RuleId, level: Level, remedy?: Remedy): Finding => ({
  rule,
  level,
  measured: 1,
  limit: 1,
  message: `${rule} ${level}`,
  text: { key: rule, values: {} },
  ...(remedy ? { remedy } : {}),
})

const report = (...findings: Finding[]): Report => ({
  verdict: findings.some(({ level }) => level === 'fail') ? 'fail' : 'pass',
  findings,
})

const clip: Subject = { kind: 'clip', id: 'clip' }
const image: Subject = { kind: 'image', id: 'image', number: 1 }

const line = (subject: Subject, rule: RuleId, remedy: Remedy): SettledLine => {
  const finding: Finding = {
    rule,
    level: 'fail',
    measured: 1,
    limit: 2,
    message: rule,
    text: { key: rule, values: {} },
    remedy,
  }
  return { key: `${rule}-${remedy}`, subject, finding, outcome: null }
}

const fixed = (id: string, remedies: Remedy[], more: Partial<Fix> = {}): Draft => ({
  ...aDraft({ clipId: 'clip' }),
  fixes: { [id]: { remedies, background: '#ffffff', ...more } },
})

const shown = (lines: SettledLine[], draft: Draft) =>
  settledGroups(lines, draft).map((group) => ({
    rules: group.lines.map(({ finding }) => finding.rule),
    undo: group.undo?.remedy ?? null,
    hasColour: group.hasColour,
  }))

describe('groups of settled findings', () => {
  it('have one Undo for all findings of a remedy', () => {
    const lines = [line(clip, 'width', 'scale'), line(clip, 'height', 'scale')]
    expect(shown(lines, fixed('clip', ['scale']))).toEqual([
      { rules: ['width', 'height'], undo: 'scale', hasColour: false },
    ])
  })

  it('include findings that another remedy settled, without an Undo of their own', () => {
    const lines = [line(image, 'alpha', 'flatten'), line(image, 'aspect', 'pad')]
    expect(shown(lines, fixed('image', ['pad']))).toEqual([
      { rules: ['aspect', 'alpha'], undo: 'pad', hasColour: true },
    ])
  })

  it('offer the fill colour once, in the first group that uses it', () => {
    const lines = [line(image, 'aspect', 'pad'), line(image, 'alpha', 'flatten')]
    const colours = (draft: Draft) => shown(lines, draft).map(({ hasColour }) => hasColour)
    expect(colours(fixed('image', ['pad', 'flatten']))).toEqual([true, false])
    expect(colours(fixed('image', ['pad', 'flatten'], { pad: 'blur' }))).toEqual([false, true])
    expect(colours(fixed('image', ['crop', 'flatten']))).toEqual([false, true])
  })

  it('are separate for each file', () => {
    const draft: Draft = {
      ...fixed('clip', ['scale']),
      fixes: {
        clip: { remedies: ['scale'], background: '#000000' },
        image: { remedies: ['scale'], background: '#000000' },
      },
    }
    const lines = [line(clip, 'width', 'scale'), line(image, 'width', 'scale')]
    expect(shown(lines, draft)).toHaveLength(2)
  })

  it('undo a trim by its selection', () => {
    const lines = [line(clip, 'duration', 'trim')]
    const trimmed = aDraft({ clipId: 'clip', selection: { start: 0, end: 10 } })
    expect(shown(lines, trimmed)).toMatchObject([{ undo: 'trim' }])
  })

  it('offer the choice of track even when another remedy keeps only one', () => {
    const lines = [line(clip, 'video_track', 'keep-first-track'), line(clip, 'codec', 're-encode')]
    const [track] = settledGroups(lines, fixed('clip', ['re-encode']))
    expect(track?.choices?.remedy).toBe('keep-first-track')
    expect(track?.undo).toBeNull()
  })
})

describe('folding findings', () => {
  const before = report(
    finding('readable', 'pass'),
    finding('duration', 'fail', 'trim'),
    finding('codec', 'warn', 're-encode'),
    finding('rotation', 'info'),
  )

  it('separates open findings from passed and info ones', () => {
    const { open, settled, passed } = foldReport(clip, before, before)
    expect(open.map((line) => line.finding.rule)).toEqual(['duration', 'codec'])
    expect(settled).toEqual([])
    expect(passed.map((line) => line.finding.rule)).toEqual(['readable', 'rotation'])
  })

  it('lists a settled finding once, with its outcome', () => {
    const after = report(
      finding('readable', 'pass'),
      finding('duration', 'pass'),
      finding('codec', 'warn'),
    )
    const { open, settled, passed } = foldReport(clip, before, after)
    expect(open.map((line) => line.finding.rule)).toEqual(['codec'])
    expect(settled.map((line) => [line.finding.rule, line.outcome?.level])).toEqual([
      ['duration', 'pass'],
    ])
    expect(passed.map((line) => line.finding.rule)).toEqual(['readable'])
  })

  it('lists a finding that a fix causes', () => {
    const after = report(finding('readable', 'pass'), finding('duration', 'fail'))
    expect(foldReport(clip, report(finding('duration', 'pass')), after).open).toHaveLength(1)
  })

  it('lists the worst first, and keeps the order of files within a level', () => {
    const image = { kind: 'image', id: 'i', number: 1 } as const
    const images = report(finding('alpha', 'fail', 'flatten'))
    const joined = joinFolded([foldReport(clip, before, before), foldReport(image, images, images)])
    expect(joined.open.map((line) => line.finding.rule)).toEqual(['duration', 'alpha', 'codec'])
  })

  it('leaves out passed checks of the edit when no check of the clip passed', () => {
    const edit = foldReport(
      { kind: 'edit' },
      null,
      report(finding('prompt', 'pass'), finding('key', 'fail')),
    )
    const empty = report(finding('readable', 'fail'))
    const beside = besideClip(edit, foldReport(clip, empty, empty))
    expect(beside.passed).toEqual([])
    expect(beside.open.map((line) => line.finding.rule)).toEqual(['key'])
    expect(besideClip(edit, foldReport(clip, before, before)).passed).toHaveLength(1)
  })
})
