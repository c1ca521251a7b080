import { expect, test } from 'vitest'
import { matching, recalled } from '../../../../renderer/features/edit/inspector/recent-prompts'

const prompt = (text: string, usedAt: number, starred = false) => ({ text, usedAt, starred })
const prompts = [prompt('Old film', 1, true), prompt('Heavy snow', 3), prompt('light rain', 2)]

test.each([
  ['', 1, 'Heavy snow'],
  ['something typed', 1, 'Heavy snow'],
  ['Heavy snow', 1, 'light rain'],
  ['light rain', 1, 'Old film'],
  ['Old film', 1, null],
  ['light rain', -1, 'Heavy snow'],
  ['Heavy snow', -1, ''],
  ['', -1, null],
] as const)('from “%s”, %i back is %j', (text, back, expected) => {
  expect(recalled(prompts, text, back)).toBe(expected)
})

test.each([
  ['', ['Old film', 'Heavy snow', 'light rain']],
  ['SNOW', ['Heavy snow']],
  [' snow  heavy ', ['Heavy snow']],
  ['fog', []],
])('“%s” is found in %j', (words, expected) => {
  expect(matching(prompts, words).map(({ text }) => text)).toEqual(expected)
})
