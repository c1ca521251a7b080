import { expect, it } from 'vitest'
import type { MediaItem } from '../../../../preload/contract'
import { shelfName, shelfRows } from '../../../../renderer/features/edit/clips/use-shelf'
import { aDraft } from '../../a-draft'

const file = (id: string, name: string): MediaItem => ({
  id,
  name,
  folder: '~',
  bytes: 1,
  addedAt: 0,
  state: 'checking',
  report: null,
  facts: null,
  posterUrl: null,
  playable: null,
})

const media = [file('1', 'a.jpg'), file('2', 'a.mp4'), file('3', 'notes.pdf'), file('4', 'b.png')]
const draft = (imageIds: string[]) => aDraft({ clipId: '2', imageIds })
const ids = (rows: MediaItem[]) => rows.map(({ id }) => id)

it('lists clips and other files first, then unused images', () => {
  expect(ids(shelfRows(media, []))).toEqual(['2', '3', '1', '4'])
})

it('hides images while an edit uses them', () => {
  expect(ids(shelfRows(media, [draft(['4'])]))).toEqual(['2', '3', '1'])
  expect(ids(shelfRows(media, [draft([])]))).toContain('4')
})

it('is titled "Clips" only when all rows are clips', () => {
  expect(shelfName([file('2', 'a.mp4'), file('5', 'b.mov')])).toBe('title')
  expect(shelfName([file('2', 'a.mp4'), file('3', 'notes.pdf')])).toBe('files')
})
