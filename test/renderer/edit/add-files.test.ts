import { beforeEach, expect, it, vi } from 'vitest'
import { placeDropped, placeFiles } from '../../../renderer/features/edit/add-files'
import { chooseClip, currentPlace } from '../../../renderer/navigation'
import { useToasts } from '../../../renderer/ui/toast-store'
import { aNewFile } from '../a-clip'
import { aDraft } from '../a-draft'

const changed = vi.hoisted(() => vi.fn<(id: string) => void>())
vi.mock('../../../renderer/data/draft-store', () => ({
  changeDraft: changed,
  draftOfClip: (clipId: string) => aDraft({ clipId }),
  loadDraft: async () => {},
}))
vi.mock('../../../renderer/data/use-media', () => ({ knownMedia: () => [] }))

beforeEach(() => {
  changed.mockClear()
  chooseClip(null)
})

it('shows the first clip, not the first file', async () => {
  await placeFiles(['notes.pdf', 'a.mp4'].map((name) => aNewFile(name)))
  expect(currentPlace().clipId).toBe('a.mp4')
})

it('adds images to the single clip they were added with', async () => {
  await placeFiles(['a.png', 'a.mp4', 'b.png'].map((name) => aNewFile(name)))
  expect(changed.mock.calls.map(([id]) => id)).toEqual(['draft-a.mp4'])
})

it('leaves images in the column when they were added with several clips', async () => {
  await placeFiles(['a.png', 'a.mp4', 'b.mp4'].map((name) => aNewFile(name)))
  expect(changed).not.toHaveBeenCalled()
  expect(currentPlace().clipId).toBe('a.mp4')
})

it('reports an empty folder, and only that', async () => {
  await placeDropped(['a.mp4'].map((name) => aNewFile(name)))
  expect(useToasts.getState()).toEqual([])
  await placeDropped([])
  expect(useToasts.getState()).toHaveLength(1)
})
