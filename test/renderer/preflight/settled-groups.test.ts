import { describe, expect, it } from 'vitest'
import type { Draft, Finding, Fix, Remedy, RuleId } from '../../../preload/contract'
import type { SettledLine, Subject } from '../../../renderer/features/edit/preflight/fold-findings'
import { settledGroups } from '../../../renderer/features/edit/preflight/fold-findings'
import { aDraft } from '../a-draft'

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

describe('what the chosen fixes settle', () => {
  it('has one way back for all that one remedy settles', () => {
    const lines = [line(clip, 'width', 'scale'), line(clip, 'height', 'scale')]
    expect(shown(lines, fixed('clip', ['scale']))).toEqual([
      { rules: ['width', 'height'], undo: 'scale', hasColour: false },
    ])
  })

  it('has none for what is settled along the way, which stands with what does it', () => {
    const lines = [line(image, 'alpha', 'flatten'), line(image, 'aspect', 'pad')]
    expect(shown(lines, fixed('image', ['pad']))).toEqual([
      { rules: ['aspect', 'alpha'], undo: 'pad', hasColour: true },
    ])
  })

  it('asks for the fill colour once, wherever it is used first', () => {
    const lines = [line(image, 'aspect', 'pad'), line(image, 'alpha', 'flatten')]
    const colours = (draft: Draft) => shown(lines, draft).map(({ hasColour }) => hasColour)
    expect(colours(fixed('image', ['pad', 'flatten']))).toEqual([true, false])
    expect(colours(fixed('image', ['pad', 'flatten'], { pad: 'blur' }))).toEqual([false, true])
    expect(colours(fixed('image', ['crop', 'flatten']))).toEqual([false, true])
  })

  it('keeps files apart', () => {
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

  it('takes a trim back by its selection', () => {
    const lines = [line(clip, 'duration', 'trim')]
    const trimmed = { ...aDraft({ clipId: 'clip' }), selection: { start: 0, end: 10 } }
    expect(shown(lines, trimmed)).toMatchObject([{ undo: 'trim' }])
  })

  it('lets the track be chosen also where another remedy keeps only one', () => {
    const lines = [line(clip, 'video_track', 'keep-first-track'), line(clip, 'codec', 're-encode')]
    const [track] = settledGroups(lines, fixed('clip', ['re-encode']))
    expect(track?.choices?.remedy).toBe('keep-first-track')
    expect(track?.undo).toBeNull()
  })
})
