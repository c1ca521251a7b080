import { describe, expect, it } from 'vitest'
import type { Draft, Remedy } from '../../../preload/contract'
import {
  type History,
  noHistory,
  redone,
  undone,
  withStep,
} from '../../../renderer/data/draft-history'
import { aDraft, type DraftPart, withMembers } from '../a-draft'

interface World {
  draft: Draft
  history: History
}

/** The draft after changes that are far enough apart to be separate steps. */
const changedBy = (...changes: DraftPart[]): World =>
  changes.reduce<World>(
    ({ draft, history }, change, index) => {
      const next = withMembers(draft, change)
      return { draft: next, history: withStep(history, draft, next, index * 10_000) }
    },
    { draft: aDraft(), history: noHistory },
  )

const back = ({ draft, history }: World): World => {
  const world = undone(history, draft)
  if (!world) throw new Error('There is nothing to undo')
  return world
}
const forth = ({ draft, history }: World): World => {
  const world = redone(history, draft)
  if (!world) throw new Error('There is nothing to redo')
  return world
}

const first = { start: 1, end: 5 }
const second = { start: 2, end: 6 }

describe('undo', () => {
  it.each<[string, DraftPart]>([
    ['a selection', { selection: first }],
    ['another part', { selection: second, moreSelections: [first] }],
    ['a fix', { fixes: { clip: { remedies: ['scale'], background: '#000000' } } }],
    ['images', { imageIds: ['a', 'b'] }],
    ['options', { options: { ...aDraft().options, quality: '1080p' } }],
    ['the provider', { provider: 'dashscope' }],
  ])('undoes %s, and redo restores it', (_, change) => {
    const changed = changedBy(change)
    expect(back(changed).draft).toEqual(aDraft())
    expect(forth(back(changed)).draft).toEqual(changed.draft)
  })

  it('undoes one step at a time', () => {
    const world = changedBy({ selection: first }, { selection: second }, { imageIds: ['a'] })
    expect(back(world).draft.source.selection).toEqual(second)
    expect(back(back(world)).draft.source.selection).toEqual(first)
    expect(back(back(back(world))).draft.source.selection).toBeNull()
    expect(undone(back(back(back(world))).history, aDraft())).toBeNull()
  })

  it('does not undo texts, because text fields have their own undo', () => {
    const world = changedBy({ selection: first }, { prompt: 'snow' })
    expect(back(world).draft).toEqual(aDraft({ prompt: 'snow' }))
  })

  it('drops undone steps after another change', () => {
    const { draft, history } = back(changedBy({ selection: first }, { imageIds: ['a'] }))
    const next = withMembers(draft, { imageIds: ['b'] })
    expect(withStep(history, draft, next, 99_999).future).toEqual([])
  })

  it('keeps each choice of a remedy as a step of its own, however fast', () => {
    const withFix = (remedies: Remedy[], background = '#000000') => ({
      fixes: { clip: { remedies, background } },
    })
    const world = [withFix(['crop']), withFix(['crop'], '#111111'), { fixes: {} }].reduce<World>(
      ({ draft, history }, change, index) => {
        const next = withMembers(draft, change)
        return { draft: next, history: withStep(history, draft, next, index * 10) }
      },
      { draft: aDraft(), history: noHistory },
    )
    const whole = back(world)
    expect(whole.draft.fixes).toEqual(withFix(['crop'], '#111111').fixes)
    expect(back(whole).draft.fixes).toEqual(withFix(['crop']).fixes)
  })

  it('joins the changes of one drag into one step', () => {
    let world: World = { draft: aDraft(), history: noHistory }
    for (const [index, colour] of ['#111111', '#222222', '#333333'].entries()) {
      const next = { ...world.draft, fixes: { clip: { remedies: [], background: colour } } }
      world = { draft: next, history: withStep(world.history, world.draft, next, index * 100) }
    }
    expect(back(world).draft).toEqual(aDraft())
  })

  it('undoes texts too after a change to a whole batch', () => {
    const before = aDraft({ prompt: 'mine' })
    const next = { ...before, prompt: 'for all' }
    const history = withStep(noHistory, before, next, 0, true)
    expect(back({ draft: next, history }).draft.prompt).toBe('mine')
  })

  it('ignores a change that changes nothing', () => {
    const draft = aDraft({ selection: first })
    const same = withMembers(draft, { selection: { ...first } })
    expect(withStep(noHistory, draft, same, 0)).toBe(noHistory)
  })

  it('keeps a hundred steps', () => {
    const changes = Array.from({ length: 130 }, (_, index) => ({ imageIds: [`${index}`] }))
    expect(changedBy(...changes).history.past).toHaveLength(100)
  })
})
