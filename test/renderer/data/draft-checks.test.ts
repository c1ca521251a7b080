import { describe, expect, it } from 'vitest'
import type { Draft, DraftCheck } from '../../../preload/contract'
import { createCheckCache } from '../../../renderer/data/draft-checks'
import { aDraft } from '../a-draft'

/** An answer with the length of the prompt, which identifies its draft. */
const answerTo = ({ prompt }: Draft) => ({ seconds: prompt.length }) as DraftCheck

const asking = () => {
  const asked: string[][] = []
  const cache = createCheckCache(async (drafts) => {
    asked.push(drafts.map(({ source }) => source.clipId))
    return drafts.map(answerTo)
  })
  return { asked, cache }
}

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => aDraft({ clipId: `c${index}`, prompt: 'snow' }))

describe('checks of many drafts', () => {
  it('are requested once, a few at a time, and given in the order of the drafts', async () => {
    const { asked, cache } = asking()
    const drafts = many(100).map((draft, index) => ({ ...draft, prompt: 'x'.repeat(index) }))
    const checks = await cache.check(drafts)
    expect(checks.map(({ seconds }) => seconds)).toEqual(drafts.map((_, index) => index))
    expect(asked.flat()).toEqual(drafts.map(({ source }) => source.clipId))
    expect(Math.max(...asked.map(({ length }) => length))).toBeLessThanOrEqual(25)
    await cache.check(drafts)
    expect(asked.flat()).toHaveLength(100)
  })

  it('are requested again only for drafts whose content changed', async () => {
    const { asked, cache } = asking()
    const drafts = many(300)
    await cache.check(drafts)
    asked.length = 0
    const typed = drafts.map((draft, index) =>
      index === 7 ? { ...draft, prompt: 'snow and ice' } : { ...draft, updatedAt: 9 },
    )
    const checks = await cache.check(typed)
    expect(asked).toEqual([['c7']])
    expect(checks[7]?.seconds).toBe('snow and ice'.length)
    expect(checks[8]?.seconds).toBe('snow'.length)
  })

  it('are requested again when one of their files changed, or for all drafts', async () => {
    const { asked, cache } = asking()
    const drafts = [...many(3), aDraft({ clipId: 'd', imageIds: ['picture'] })]
    await cache.check(drafts)
    asked.length = 0
    cache.forget(new Set(['c1', 'picture']))
    await cache.check(drafts)
    expect(asked.flat()).toEqual(['c1', 'd'])
    cache.forget()
    await cache.check(drafts)
    expect(asked.flat()).toHaveLength(6)
  })

  it('are requested again after a failure, which rejects', async () => {
    let fails = true
    const cache = createCheckCache(async (drafts) => {
      if (fails) throw new Error('The database is locked')
      return drafts.map(answerTo)
    })
    await expect(cache.check(many(30))).rejects.toThrow('locked')
    fails = false
    expect(await cache.check(many(30))).toHaveLength(30)
  })

  it('are separate for two parts of one clip', async () => {
    const { asked, cache } = asking()
    const parts = [0, 5].map((start) => aDraft({ selection: { start, end: start + 3 } }))
    await cache.check(parts)
    expect(asked.flat()).toHaveLength(2)
  })

  it('are dropped when there are too many, the oldest first', async () => {
    const { asked, cache } = asking()
    const first = many(1)
    await cache.check(first)
    for (let at = 0; at < 600; at += 1) await cache.check([aDraft({ prompt: `word ${at}` })])
    asked.length = 0
    await cache.check(first)
    expect(asked).toEqual([['c0']])
  })
})
