import { describe, expect, it } from 'vitest'
import type { Draft, DraftCheck, Finding } from '../../../../preload/contract'
import { fixedDrafts, mostRounds } from '../../../../renderer/features/edit/batch/use-batch'
import { aClip, aReport } from '../../a-clip'
import { aDraft } from '../../a-draft'

const checkOf = (id: string, findings: Partial<Finding>[]): DraftCheck => ({
  report: aReport(),
  files: [{ id, report: aReport(...findings) }],
  seconds: 6,
  blockers: [],
  estimate: null,
})
const factsOf = (id: string) => aClip(id, 14).facts
const remediesOf = (draft: Draft | undefined) => draft?.fixes[draft.source.clipId]?.remedies ?? []

describe('Fix all', () => {
  it('trims, and chooses the preferred of two remedies', async () => {
    const drafts = [aDraft({ clipId: 'a' })]
    const [fixed] = await fixedDrafts(drafts, factsOf, async (now) =>
      now.map((draft) =>
        checkOf(draft.source.clipId, [
          ...(draft.source.selection ? [] : [{ level: 'fail', remedy: 'trim' } as const]),
          { rule: 'aspect', level: 'fail', remedy: 'pad' },
        ]),
      ),
    )
    expect(fixed?.source.selection).toEqual({ start: 0, end: 10 })
    expect(remediesOf(fixed)).toEqual(['pad'])
  })

  it('also fixes findings that a fix causes', async () => {
    const drafts = [aDraft({ clipId: 'a' })]
    const [fixed] = await fixedDrafts(drafts, factsOf, async (now) =>
      now.map((draft) =>
        remediesOf(draft).includes('re-encode')
          ? checkOf(draft.source.clipId, [{ rule: 'size', level: 'fail', remedy: 'fit-size' }])
          : checkOf(draft.source.clipId, [{ rule: 'codec', level: 'warn', remedy: 're-encode' }]),
      ),
    )
    expect(remediesOf(fixed)).toEqual(['re-encode', 'fit-size'])
  })

  it('leaves passed findings and findings without a remedy unchanged', async () => {
    const drafts = [aDraft({ clipId: 'a' }), aDraft({ clipId: 'b' })]
    const fixed = await fixedDrafts(drafts, factsOf, async () => [
      checkOf('a', [{ level: 'pass' }]),
      checkOf('b', [{ level: 'fail' }]),
    ])
    expect(fixed[0]).toBe(drafts[0])
    expect(fixed[1]).toBe(drafts[1])
  })

  it('ends even when a fix never settles its finding', async () => {
    let rounds = 0
    await fixedDrafts([aDraft({ clipId: 'a' })], factsOf, async () => {
      rounds += 1
      return [checkOf('a', [{ rule: 'duration', level: 'fail', remedy: 'trim' }])]
    })
    expect(rounds).toBeLessThanOrEqual(mostRounds)
  })
})
