import { afterEach, expect, it } from 'vitest'
import { client, keys, putInList, removeFromList } from '../../../renderer/data/client'

afterEach(() => client.clear())

const named = (...names: string[]) => names.map((name) => ({ id: name.charAt(0), name }))
const names = () => client.getQueryData<{ name: string }[]>(keys.media)?.map((item) => item.name)

it('replaces items by id, in their places, and puts new ones first', () => {
  putInList(keys.media, named('a', 'b', 'c'))
  putInList(keys.media, named('d', 'b2'))
  expect(names()).toEqual(['d', 'a', 'b2', 'c'])
})

it('removes items by id, and nothing else', () => {
  putInList(keys.media, named('a', 'b', 'c'))
  removeFromList(keys.media, ['c', 'a', 'x'])
  expect(names()).toEqual(['b'])
})
