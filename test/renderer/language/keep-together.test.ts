import { expect, it } from 'vitest'
import { keepTogether } from '../../../renderer/language/keep-together'

it.each([
  [
    'Width is 5000 px; the model takes 240 to 4096 px',
    'Width is 5000~px; the model takes 240 to 4096~px',
  ],
  ['≈ 8.0 s, 1920 × 1080, 12.4 MB', '≈~8.0~s, 1920~×~1080, 12.4~MB'],
  ['时长 14.2 秒，最多 10 秒', '时长 14.2~秒，最多 10~秒'],
  ['2 min 5 s', '2~min 5~s'],
  ['10 sizes of 3 pictures', '10 sizes of 3 pictures'],
])('%s', (words, together) => {
  expect(keepTogether(words)).toBe(together.replaceAll('~', '\u00a0'))
})
