import { expect, it } from 'vitest'
import type { MediaItem } from '../../../../preload/contract'
import { shelfName, shelfRows } from '../../../../renderer/features/edit/clips/use-shelf'
import { aNewFile } from '../../a-clip'
import { aDraft } from '../../a-draft'

const media = [
  aNewFile('a.jpg', '1'),
  aNewFile('a.mp4', '2'),
  aNewFile('notes.pdf', '3'),
  aNewFile('b.png', '4'),
]
const draft = (imageIds: string[]) => aDraft({ clipId: '2', imageIds })
const ids = (rows: MediaItem[]) => rows.map(({ id }) => id)

it('lists clips and other files first, then unused images', () => {
  expect(ids(shelfRows(media, []))).toEqual(['2', '3', '1', '4'])
})

it('hides images while an edit uses them', () => {
  expect(ids(shelfRows(media, [draft(['4'])]))).toEqual(['2', '3', '1'])
  expect(ids(shelfRows(media, [draft([])]))).toContain('4')
})

it('shows an image again when the clip that used it is removed', () => {
  const left = media.filter(({ id }) => id !== '2')
  expect(ids(shelfRows(left, [draft(['4'])]))).toEqual(['3', '1', '4'])
})

it('is titled "Clips" only when all rows are clips', () => {
  expect(shelfName([aNewFile('a.mp4', '2'), aNewFile('b.mov', '5')])).toBe('title')
  expect(shelfName([aNewFile('a.mp4', '2'), aNewFile('notes.pdf', '3')])).toBe('files')
})
