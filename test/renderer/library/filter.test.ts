import { describe, expect, it } from 'vitest'
import type { LibraryQuery } from '../../../preload/contract'
import {
  isNarrowed,
  providerChips,
  toggleProvider,
} from '../../../renderer/features/library/filter'
import { anEntry } from '../a-job'

const all: LibraryQuery = { words: '', providers: [] }

describe('providerChips', () => {
  it('counts the results of each provider', () => {
    const entries = [
      anEntry(),
      anEntry({ provider: 'dashscope' }),
      anEntry({ provider: 'dashscope' }),
    ]
    expect(providerChips(entries, ['dashscope'])).toEqual([
      { id: 'sandbox', count: 1, on: false },
      { id: 'dashscope', count: 2, on: true },
    ])
  })

  it('keeps a chip that is on after its last result was removed, so that it can be turned off', () => {
    expect(providerChips([], ['apiyi'])).toEqual([{ id: 'apiyi', count: 0, on: true }])
  })
})

describe('the query', () => {
  it('adds and removes a provider', () => {
    const one = toggleProvider(all, 'sandbox')
    expect(one.providers).toEqual(['sandbox'])
    expect(toggleProvider(one, 'sandbox').providers).toEqual([])
  })

  it.each<[LibraryQuery, boolean]>([
    [all, false],
    [{ words: '   ', providers: [] }, false],
    [{ words: 'snow', providers: [] }, true],
    [{ words: '', providers: ['sandbox'] }, true],
  ])('%j is narrowed: %s', (query, narrowed) => {
    expect(isNarrowed(query)).toBe(narrowed)
  })
})
