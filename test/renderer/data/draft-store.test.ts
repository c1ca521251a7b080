import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Draft } from '../../../preload/contract'
import { aDraft } from '../a-draft'

const saved: Draft[] = []
let refuse = false

const reshoot = {
  platform: 'linux',
  drafts: {
    ofClip: async ({ clipId }: { clipId: string }) => ({ ok: true, value: aDraft({ clipId }) }),
    save: async (value: Draft) => {
      if (refuse)
        return {
          ok: false,
          error: { code: 'disk', message: 'full', text: { key: 'x', values: {} } },
        }
      saved.push(value)
      return { ok: true, value: undefined }
    },
  },
}

const loadStore = async () => {
  const target = new EventTarget()
  vi.stubGlobal('window', Object.assign(target, { reshoot, setTimeout, clearTimeout }))
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
  vi.resetModules()
  return { store: await import('../../../renderer/data/draft-store'), target }
}

describe('drafts', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    saved.length = 0
    refuse = false
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const prompt = (text: string) => (before: Draft) => ({ ...before, prompt: text })

  it('are saved once, with the last value, after a pause in typing', async () => {
    const { store } = await loadStore()
    await store.loadDraft('a')
    store.changeDraft('draft-a', prompt('s'))
    store.changeDraft('draft-a', prompt('snow'))
    expect(saved).toEqual([])
    await vi.advanceTimersByTimeAsync(300)
    expect(saved.map((one) => one.prompt)).toEqual(['snow'])
  })

  it('are saved at least every half second while somebody goes on typing', async () => {
    const { store } = await loadStore()
    await store.loadDraft('a')
    for (const length of Array.from({ length: 32 }, (_, at) => at + 1)) {
      store.changeDraft('draft-a', prompt('x'.repeat(length)))
      await vi.advanceTimersByTimeAsync(100)
      expect(length - (saved.at(-1)?.prompt.length ?? 0)).toBeLessThan(6)
    }
  })

  it('are all saved at once when the window loses focus', async () => {
    const { store, target } = await loadStore()
    store.keepDraftsSafe()
    await Promise.all([store.loadDraft('a'), store.loadDraft('b')])
    store.changeDraft('draft-a', prompt('one'))
    store.changeDraft('draft-b', prompt('two'))
    target.dispatchEvent(new Event('blur'))
    expect(saved.map((one) => one.prompt).toSorted()).toEqual(['one', 'two'])
    await vi.advanceTimersByTimeAsync(1000)
    expect(saved).toHaveLength(2)
  })

  it('keep what was typed when they are loaded again', async () => {
    const { store } = await loadStore()
    await store.loadDraft('a')
    store.changeDraft('draft-a', prompt('snow'))
    await store.loadDraft('a')
    expect(store.draftOfClip('a')?.prompt).toBe('snow')
  })

  it('are saved again after main refused to save them', async () => {
    const { store } = await loadStore()
    await store.loadDraft('a')
    refuse = true
    store.changeDraft('draft-a', prompt('snow'))
    await vi.advanceTimersByTimeAsync(300)
    expect(saved).toEqual([])
    refuse = false
    store.flushDrafts()
    expect(saved.map((one) => one.prompt)).toEqual(['snow'])
  })
})
