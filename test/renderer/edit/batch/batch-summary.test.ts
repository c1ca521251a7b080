import { describe, expect, it } from 'vitest'
import type { DraftCheck } from '../../../../preload/contract'
import {
  following,
  follows,
  stateOf,
  summed,
} from '../../../../renderer/features/edit/batch/batch-summary'
import { aClip, aReport } from '../../a-clip'
import { aDraft } from '../../a-draft'

const check = (part: Partial<DraftCheck> = {}): DraftCheck => ({
  report: aReport({}),
  files: [{ id: 'a', report: aReport({}) }],
  seconds: 6,
  blockers: [],
  estimate: {
    currency: 'USD',
    bills: 'input+output',
    amount: 1.2,
    seconds: { input: 6, output: 6, billed: 12 },
  },
  ...part,
})
const failing = (remedy?: 'trim' | 'extend') =>
  check({
    files: [{ id: 'a', report: aReport({ level: 'fail', ...(remedy ? { remedy } : {}) }) }],
    blockers: ['clip'],
  })
const said = aDraft({ clipId: 'a', prompt: 'snow' })
const item = aClip('a')

describe('a clip of a batch', () => {
  it.each([
    ['checking', { checks: undefined }],
    ['checking', { checks: [check({ blockers: ['checking'] })] }],
    ['fixable', { checks: [failing('trim')] }],
    ['hopeless', { checks: [failing()] }],
    ['hopeless', { checks: [failing('extend')] }],
    ['hopeless', { checks: [check({ blockers: ['no-clip'] })] }],
    ['blocked', { checks: [check({ blockers: ['key'] })] }],
    ['blocked', { checks: [check({ blockers: ['empty', 'key'] })] }],
    ['unsaid', { checks: [check({ blockers: ['empty'] })] }],
    ['ready', { checks: [check()] }],
    ['fixable', { checks: [check(), failing('trim')] }],
  ] as const)('is %s', (state, part) => {
    expect(stateOf(part)).toBe(state)
  })
})

describe('a batch', () => {
  it('is summed up by edits, seconds and cost', () => {
    const parts = aDraft({
      clipId: 'b',
      prompt: 'rain',
      selection: { start: 4, end: 10 },
      moreSelections: [{ start: 0, end: 3 }],
    })
    const summary = summed([
      { item, draft: said, checks: [check()] },
      { item: aClip('b'), draft: parts, checks: [check({ seconds: 3 }), check()] },
      { item: aClip('c'), draft: aDraft({ clipId: 'c', prompt: 'x' }), checks: [failing()] },
    ])
    expect(summary.edits.map(({ source }) => [source.clipId, source.selection?.start])).toEqual([
      ['a', undefined],
      ['b', 0],
      ['b', 4],
    ])
    expect(summary.seconds).toBe(15)
    expect(summary.estimates).toMatchObject([{ amount: 3.6, seconds: { billed: 36 } }])
    expect(summary.left.map(({ item: { id }, state }) => [id, state])).toEqual([['c', 'hopeless']])
    expect(summary.counts).toMatchObject({ ready: 2, hopeless: 1 })
  })

  it('leaves out of edits, seconds and cost what was sent already', () => {
    const ready = [
      { item, draft: said, checks: [check()] },
      { item: aClip('b'), draft: aDraft({ clipId: 'b' }), checks: [check({ seconds: 3 })] },
    ]
    const summary = summed(ready, (drafts) => drafts.slice(1))
    expect(summary.edits.map(({ source }) => source.clipId)).toEqual(['b'])
    expect(summary.ready).toHaveLength(2)
    expect(summary).toMatchObject({ seconds: 3, each: [{ amount: 1.2 }] })
  })
})

describe('a draft that follows a pattern', () => {
  const fix = { remedies: ['scale' as const], background: '#000000' }
  const pattern = aDraft({
    clipId: 'p',
    prompt: 'snow',
    imageIds: ['i'],
    provider: 'dashscope',
    selection: { start: 1, end: 5 },
    fixes: { p: fix, i: fix },
    options: { ...aDraft().options, quality: '1080p' },
  })
  const own = aDraft({
    clipId: 'q',
    prompt: 'old',
    selection: { start: 2, end: 9 },
    fixes: { q: { ...fix, remedies: ['pad'] }, gone: fix },
  })

  it('copies the pattern and keeps its selection and its own fixes', () => {
    const after = following(own, pattern)
    expect(after).toMatchObject({
      id: 'draft-q',
      source: { clipId: 'q', imageIds: ['i'], selection: { start: 2, end: 9 } },
      prompt: 'snow',
      provider: 'dashscope',
      options: { quality: '1080p' },
    })
    expect(after.fixes).toEqual({ q: { ...fix, remedies: ['pad'] }, i: fix })
  })

  it('is recognized', () => {
    expect(follows(own, pattern)).toBe(false)
    expect(follows(following(own, pattern), pattern)).toBe(true)
    expect(follows(pattern, pattern)).toBe(true)
  })
})
