import { describe, expect, it } from 'vitest'
import { draft, type ProviderId, providerRows } from '../../../../preload/contract'
import { withProvider } from '../../../../renderer/features/edit/submit/provider-picker'

const rowOf = (id: ProviderId) => providerRows[id]

describe('a change of provider', () => {
  it.each<[ProviderId, boolean, ProviderId, boolean]>([
    ['dashscope', true, 'evolink', false],
    ['evolink', false, 'dashscope', true],
    ['apiyi', true, 'aivideoapi', true],
    // Not the default, so it was chosen and stays.
    ['dashscope', false, 'evolink', false],
    ['dashscope', false, 'apiyi', false],
    ['evolink', true, 'dashscope', true],
    ['evolink', true, 'apiyi', true],
  ])('from %s with prompt rewriting %s to %s with %s', (from, before, to, after) => {
    const options = { promptExtend: before, watermark: true }
    const value = draft.parse({
      id: 'draft-c',
      source: { kind: 'clip', clipId: 'c' },
      provider: from,
      options,
      updatedAt: 0,
    })
    const changed = withProvider(value, rowOf(from), rowOf(to))
    expect(changed).toMatchObject({ provider: to, options: { ...options, promptExtend: after } })
  })
})
