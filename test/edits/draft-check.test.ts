import { describe, expect, it } from 'vitest'
import { checkDraft, type DraftSurroundings } from '../../main/edits/draft-check'
import { toDraft, toEditSpec } from '../../main/edits/draft-spec'
import { estimate } from '../../main/providers/prices'
import { type Draft, draft, modeRow, providerRows } from '../../preload/contract'
import { clipFactsWith, imageFactsWith, itemWith } from '../support/facts'

const draftWith = (change: Partial<Draft> = {}): Draft =>
  draft.parse({
    clipId: 'clip',
    provider: 'dashscope',
    prompt: 'warm',
    options: {},
    updatedAt: 0,
    ...change,
  })

const check = (change: Partial<Draft>, around: Partial<DraftSurroundings> = {}) => {
  const value = draftWith(change)
  return checkDraft(value, {
    clip: itemWith('clip', clipFactsWith()),
    images: [],
    limits: modeRow(providerRows.dashscope, 'edit').limits,
    hasKey: true,
    estimate: (seconds) =>
      estimate(modeRow(providerRows.dashscope, 'edit'), { seconds, options: value.options }),
    ...around,
  })
}

const long = itemWith('clip', clipFactsWith({ duration: 14.2 }))
const checking = itemWith('clip', null, { state: 'checking' })
const withImage = { imageIds: ['image'] }

describe('what stands between a draft and its submission', () => {
  it.each<[string, Partial<Draft>, Partial<DraftSurroundings>, string[]]>([
    ['nothing', {}, {}, []],
    ['no clip', {}, { clip: null }, ['no-clip']],
    [
      'a clip that is gone',
      {},
      { clip: itemWith('clip', null, { state: 'missing' }) },
      ['no-clip'],
    ],
    ['a clip still being checked', {}, { clip: checking }, ['checking']],
    ['a clip that is too long', {}, { clip: long }, ['clip']],
    ['… until it is trimmed', { selection: { start: 1, end: 6 } }, { clip: long }, []],
    [
      '… or trimming is the fix',
      { fixes: { clip: { remedies: ['trim'], background: '#000000' } } },
      { clip: long },
      [],
    ],
    ['a selection that is too short', { selection: { start: 0, end: 1 } }, {}, ['clip']],
    ['an image in place of the clip', {}, { clip: itemWith('clip', imageFactsWith()) }, ['clip']],
    [
      'an image that is too small',
      withImage,
      { images: [itemWith('image', imageFactsWith({ width: 100 }))] },
      ['image'],
    ],
    [
      '… until it is scaled',
      { ...withImage, fixes: { image: { remedies: ['scale'], background: '#000000' } } },
      { images: [itemWith('image', imageFactsWith({ width: 200, height: 300 }))] },
      [],
    ],
    ['an image that is gone', withImage, { images: [null] }, ['image']],
    [
      'a clip in place of an image',
      withImage,
      { images: [itemWith('image', clipFactsWith())] },
      ['image'],
    ],
    [
      'too many images',
      { imageIds: ['1', '2', '3', '4', '5'] },
      { images: ['1', '2', '3', '4', '5'].map((id) => itemWith(id, imageFactsWith())) },
      ['edit'],
    ],
    ['neither a prompt nor an image', { prompt: ' \n' }, {}, ['empty']],
    [
      'an image without a prompt',
      { ...withImage, prompt: '' },
      { images: [itemWith('image', imageFactsWith())] },
      [],
    ],
    ['no key', {}, { hasKey: false }, ['key']],
    ['no place for the files', {}, { storage: 'missing' }, ['bucket']],
    ['a place that may refuse the files', {}, { storage: 'unsure' }, []],
    [
      'everything, most urgent first',
      { ...withImage, options: { ...draftWith().options, seed: -1 } },
      { clip: long, images: [itemWith('image', null, { state: 'checking' })], hasKey: false },
      ['checking', 'clip', 'edit', 'key'],
    ],
  ])('%s', (_name, change, around, blockers) => {
    expect(check(change, around).blockers).toEqual(blockers)
  })

  it('says what the files will be, not what they are', () => {
    const found = check({ selection: { start: 2, end: 7 } }, { clip: long })
    expect(found.seconds).toBe(5)
    expect(found.files).toMatchObject([{ id: 'clip', report: { verdict: 'pass' } }])
  })

  it('tells the price of what will be sent', () => {
    const found = check({ selection: { start: 2, end: 7 } }, { clip: long })
    expect(found.estimate).toMatchObject({
      seconds: { input: 5, output: 5, billed: 10 },
      amount: 1,
      currency: 'USD',
    })
    expect(check({}, { clip: checking }).estimate).toBeNull()
  })
})

describe('an edit from a draft', () => {
  it('names the first blocker and what helps', () => {
    const value = draftWith()
    const blocked = check({}, { hasKey: false })
    expect(() => toEditSpec(value, blocked, () => null)).toThrow(
      expect.objectContaining({
        text: { key: 'edits.blocked_key', values: {} },
        action: 'enter-key',
      }),
    )
  })

  it('carries everything over, and back', () => {
    const fix = { remedies: ['scale' as const], background: '#ffffff' }
    const value = draftWith({
      selection: { start: 1, end: 4 },
      fixes: { clip: fix },
      imageIds: ['image'],
      negativePrompt: 'rain',
    })
    const files = { clip: import.meta.filename, image: import.meta.filename }
    const spec = toEditSpec(value, check(value), (id) => ({
      path: files[id as keyof typeof files],
      name: `${id}.x`,
    }))
    expect(spec.clip).toMatchObject({
      mediaId: 'clip',
      name: 'clip.x',
      selection: { start: 1, end: 4 },
      fix,
    })
    expect(spec.clip.bytes).toBeGreaterThan(1000)
    expect(toDraft(spec, 'clip', ['image'], 0)).toMatchObject({ ...value, fixes: { clip: fix } })
  })

  it('is refused when a file has gone in between', () => {
    const value = draftWith()
    expect(() =>
      toEditSpec(value, check({}), () => ({ path: '/nowhere/a.mp4', name: 'a.mp4' })),
    ).toThrow(
      expect.objectContaining({ text: { key: 'edits.file_gone', values: { name: 'a.mp4' } } }),
    )
  })
})
