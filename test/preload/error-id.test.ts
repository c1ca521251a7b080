import { expect, it } from 'vitest'
import { errorIdPattern, newErrorId } from '../../preload/contract'

it('ids of errors are six letters that spell no word, and differ', () => {
  const ids = Array.from({ length: 200 }, newErrorId)
  for (const id of ids) expect(id).toMatch(errorIdPattern)
  expect(ids.join('')).not.toMatch(/[aeioul]/)
  expect(new Set(ids).size).toBe(200)
})
