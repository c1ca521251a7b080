import { describe, expect, it } from 'vitest'
import { numbered, resultName } from '../../main/library/file-name'

const createdAt = new Date(2026, 10, 20, 12).getTime()
const nameOf = (prompt: string, name = 'beach.mp4') => resultName({ createdAt, prompt, name })

describe('names of results', () => {
  it.each([
    ['snowy street', 'beach.mp4', '2026-11-20 snowy street (beach)'],
    ['', 'beach.mp4', '2026-11-20 (beach)'],
    ['', '', '2026-11-20'],
    ['把街道变成雪景', '海滩.mov', '2026-11-20 把街道变成雪景 (海滩)'],
    ['a/b\\c:d*e?f"g<h>i|j', 'x.mp4', '2026-11-20 a b c d e f g h (x)'],
    ['line\nbreak\ttab\u0000nul', 'x.mp4', '2026-11-20 line break tab nul (x)'],
    ['..hidden', '.dot.mp4', '2026-11-20 hidden (dot)'],
    ['ends with dots...', 'x.mp4', '2026-11-20 ends with dots (x)'],
    ['turn \u202egnp.exe', 'x.mp4', '2026-11-20 turn gnp.exe (x)'],
    ['-rf all', 'x.mp4', '2026-11-20 rf all (x)'],
    [
      'one two three four five six seven eight nine ten',
      'x.mp4',
      '2026-11-20 one two three four five six seven eight (x)',
    ],
  ])('%j of %j is %j', (prompt, clip, expected) => {
    expect(nameOf(prompt, clip)).toBe(expected)
  })

  it.each([
    'x'.repeat(5_000),
    '雪'.repeat(5_000),
    '👨‍👩‍👧‍👦'.repeat(500),
    `${'word '.repeat(50)}`,
    'e\u0301'.repeat(2_000),
  ])('stays short whatever is typed %#', (prompt) => {
    const name = nameOf(prompt, `${prompt}.mp4`)
    expect(Buffer.byteLength(`${name} 99.reshoot.json`)).toBeLessThan(200)
    expect(name).not.toContain('\ufffd')
    expect(name.endsWith(' ')).toBe(false)
  })

  it.each([
    [
      'just short enough',
      `${'a'.repeat(60)} ${'b'.repeat(11)}`,
      `${'a'.repeat(60)} ${'b'.repeat(11)}`,
    ],
    ['one word too long', `${'a'.repeat(60)} ${'b'.repeat(12)}`, 'a'.repeat(60)],
    ['one endless word', 'a'.repeat(80), 'a'.repeat(72)],
    ['an endless second word', `a ${'b'.repeat(80)}`, `a ${'b'.repeat(70)}`],
    [
      'an endless second half',
      `${'a'.repeat(36)} ${'b'.repeat(80)}`,
      `${'a'.repeat(36)} ${'b'.repeat(35)}`,
    ],
    [
      'a cut after a comma',
      `${'a, '.repeat(2)}${'b'.repeat(50)};., ${'c'.repeat(20)}`,
      `a, a, ${'b'.repeat(50)}`,
    ],
  ])('cuts %s between words if it can', (_, prompt, words) => {
    expect(nameOf(prompt)).toBe(`2026-11-20 ${words} (beach)`)
  })

  it('never splits a character', () => {
    const family = '👨‍👩‍👧‍👦'
    expect(nameOf(family.repeat(20))).toBe(`2026-11-20 ${family.repeat(2)} (beach)`)
  })

  it('counts up', () => {
    expect(numbered('a', 1)).toBe('a')
    expect(numbered('a', 2)).toBe('a 2')
  })
})
