import { expect, it } from 'vitest'
import { modeRow, type ProviderId, providerRows } from '../../../../preload/contract'
import { imagesNote } from '../../../../renderer/features/edit/images/images-section'

it.each<[ProviderId, number, ReturnType<typeof imagesNote>]>([
  ['dashscope', 0, null],
  ['dashscope', 4, null],
  ['dashscope', 5, { say: 'full', count: 4 }],
  ['apiyi', 0, { say: 'few', count: 1 }],
  ['apiyi', 1, null],
  ['aivideoapi', 1, null],
  ['aivideoapi', 2, { say: 'onlyFirst', count: 1 }],
  ['aivideoapi', 5, { say: 'full', count: 4 }],
])('%s with %i images shows the note %j', (id, count, note) => {
  expect(imagesNote(count, modeRow(providerRows[id], 'edit').limits.images)).toEqual(note)
})
