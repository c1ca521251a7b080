import { describe, expect, it } from 'vitest'
import {
  type DraftCheck,
  draft,
  modeRow,
  type ProviderId,
  providerRows,
} from '../../../preload/contract'
import { imagesNote } from '../../../renderer/features/edit/images/images-note'
import { withProvider } from '../../../renderer/features/edit/inspector/with-provider'
import { submitState } from '../../../renderer/features/edit/submit/submit-state'

const rowOf = (id: ProviderId) => providerRows[id]

describe('another provider', () => {
  it.each<[ProviderId, boolean, ProviderId, boolean]>([
    ['dashscope', true, 'evolink', false],
    ['evolink', false, 'dashscope', true],
    ['apiyi', true, 'aivideoapi', true],
    // Chosen by hand: it stays.
    ['dashscope', false, 'evolink', false],
    ['dashscope', false, 'apiyi', false],
    ['evolink', true, 'dashscope', true],
    ['evolink', true, 'apiyi', true],
  ])('%s with rewriting %s becomes %s with %s', (from, before, to, after) => {
    const options = { promptExtend: before, watermark: true }
    const value = draft.parse({ clipId: 'c', provider: from, options, updatedAt: 0 })
    const changed = withProvider(value, rowOf(from), rowOf(to))
    expect(changed).toMatchObject({ provider: to, options: { ...options, promptExtend: after } })
  })
})

it.each<[ProviderId, number, ReturnType<typeof imagesNote>]>([
  ['dashscope', 0, null],
  ['dashscope', 4, null],
  ['dashscope', 5, { say: 'full', count: 4 }],
  ['apiyi', 0, { say: 'few', count: 1 }],
  ['apiyi', 1, null],
  ['aivideoapi', 1, null],
  ['aivideoapi', 2, { say: 'onlyFirst', count: 1 }],
  ['aivideoapi', 5, { say: 'full', count: 4 }],
])('%s says of %i images: %j', (id, count, note) => {
  expect(imagesNote(count, modeRow(rowOf(id), 'edit').limits.images)).toEqual(note)
})

it.each<[DraftCheck['blockers'], string]>([
  [[], 'ready'],
  [['bucket'], 'bucket'],
  [['key', 'bucket'], 'key'],
  [['edit', 'bucket'], 'fix'],
])('an edit blocked by %j says %s', (blockers, kind) => {
  const report = { verdict: 'fail' as const, findings: [] }
  const check = { report, files: [], seconds: 5, blockers, estimate: null }
  expect(submitState({ check, prompt: 'snow', images: 0, open: [] }).kind).toBe(kind)
})
