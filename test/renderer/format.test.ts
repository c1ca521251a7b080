import { describe, expect, it } from 'vitest'
import { kindOf, seemingKind } from '../../renderer/features/edit/file-kind'
import { parseSeed } from '../../renderer/features/edit/inspector/more-options'
import { countCharacters } from '../../renderer/features/edit/inspector/prompt-section'
import {
  formatBytes,
  formatMoney,
  formatMonth,
  formatPrice,
  formatSeconds,
  formatSpan,
  formatTimecode,
  titleOf,
} from '../../renderer/format'

it.each([
  [formatSeconds(6, 'en'), '6.0 s'],
  [formatSeconds(6, 'zh'), '6.0 秒'],
  [formatSeconds(14.2, 'en', 2), '14.20 s'],
  [formatBytes(8_400_000, 'en'), '8.4 MB'],
  [formatBytes(101_200_000, 'en'), '101 MB'],
  [formatBytes(12_001, 'en'), '13 kB'],
  [formatBytes(10, 'en'), '10 bytes'],
  [formatBytes(10, 'zh'), '10 字节'],
  [formatBytes(1, 'en'), '1 byte'],
  [formatTimecode(72.5), '01:12.500'],
  [formatTimecode(59.9996), '01:00.000'],
  [formatTimecode(3661), '01:01:01.000'],
  [formatMoney(1.2, 'USD', 'en'), '$1.20'],
  [formatMoney(0, 'USD', 'en'), '$0.00'],
  [formatMoney(0.045, 'USD', 'en'), '$0.045'],
  [formatPrice(0.144, 'USD', 'en'), '$0.144'],
  [formatPrice(0.1, 'USD', 'en'), '$0.10'],
  [formatPrice(40, 'credits', 'en'), '40 credits'],
  [formatMonth('2026-11', 'en'), 'November 2026'],
  [formatMonth('2026-11', 'zh'), '2026年11月'],
  [formatMoney(0.504, 'USD', 'en'), '$0.50'],
  [formatMoney(0.5, 'USD', 'en'), '$0.50'],
  [formatMoney(120, 'credits', 'en'), '120 credits'],
  [formatMoney(120.5, 'credits', 'en'), '120.5 credits'],
  [formatMoney(120, 'credits', 'zh'), '120 积分'],
  [formatSpan(9400, 'en'), '9 s'],
  [formatSpan(125_000, 'en'), '2 min 5 s'],
  [formatSpan(3_780_000, 'zh'), '1 小时 3 分'],
])('writes %s', (written, expected) => expect(written).toBe(expected))

it('counts characters as the services do', () => {
  expect(countCharacters('Make it snow 🎬 下雪')).toBe(17)
  expect(countCharacters('')).toBe(0)
})

it.each([
  ['', null],
  ['42', 42],
  ['-1', undefined],
  ['2147483648', undefined],
  ['1.5', undefined],
  ['x', undefined],
])('reads the seed "%s"', (typed, seed) => {
  expect(parseSeed(typed, { min: 0, max: 2147483647 })).toBe(seed)
})

it('uses the content of a file that was checked, and the name before that', () => {
  expect(seemingKind({ name: 'A.MOV' })).toBe('clip')
  expect(seemingKind({ name: '', type: 'image/webp' })).toBe('image')
  expect(seemingKind({ name: 'notes.txt' })).toBe('other')
  expect(kindOf({ name: 'a.png', facts: null })).toBe('image')
  expect(kindOf({ name: 'a.png', facts: { kind: 'video' } as never })).toBe('clip')
})

describe('titleOf', () => {
  it.each([
    ['Make it snow', 'Make it snow'],
    ['\n  \n  Make it snow  \nand windy', 'Make it snow'],
    ['   ', 'clip.mp4'],
  ])('of %j is %s', (prompt, title) => {
    expect(titleOf(prompt, 'clip.mp4')).toBe(title)
  })
})
