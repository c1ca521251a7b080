import { describe, expect, it } from 'vitest'
import type { DraftCheck, Finding, Level, Remedy, RuleId } from '../../../../preload/contract'
import type { Line } from '../../../../renderer/features/edit/preflight/fold-findings'
import { pressFilter, submitState } from '../../../../renderer/features/edit/submit/submit-state'
import { aReport } from '../../a-clip'

const finding = (rule: RuleId, level: Level, remedy?: Remedy): Finding => ({
  rule,
  level,
  measured: 1,
  limit: 1,
  message: `${rule} ${level}`,
  text: { key: rule, values: {} },
  ...(remedy ? { remedy } : {}),
})

describe('the state of the submit button', () => {
  const check = { report: aReport(), files: [], seconds: 6, estimate: null }
  const line = (rule: RuleId, level: Level, remedy?: Remedy): Line => ({
    key: rule,
    subject: { kind: 'clip', id: 'c' },
    finding: finding(rule, level, remedy),
  })
  const base = { check: { ...check, blockers: [] }, open: [] }

  it.each([
    ['not checked yet', { ...base, check: undefined }, { kind: 'checking' }],
    ['nothing to fix', base, { kind: 'ready' }],
    ['only warnings', { ...base, open: [line('codec', 'warn', 're-encode')] }, { kind: 'ready' }],
    [
      'two things to fix',
      {
        ...base,
        check: { ...check, blockers: ['clip' as const] },
        open: [
          line('duration', 'fail', 'trim'),
          line('width', 'fail', 'scale'),
          line('size', 'warn'),
          line('key', 'fail'),
        ],
      },
      // The same number as in the headline.
      { kind: 'fix', count: 3 },
    ],
    [
      'a clip without a remedy',
      {
        ...base,
        check: { ...check, blockers: ['clip' as const] },
        open: [line('duration', 'fail')],
      },
      { kind: 'hopeless' },
    ],
    [
      'no prompt and no images',
      { ...base, check: { ...check, blockers: ['empty' as const, 'key' as const] } },
      { kind: 'prompt' },
    ],
    [
      'no prompt, after findings to fix',
      { ...base, check: { ...check, blockers: ['empty' as const, 'edit' as const] } },
      { kind: 'fix', count: 1 },
    ],
    [
      'no key, after everything else',
      { ...base, check: { ...check, blockers: ['key' as const] }, open: [line('key', 'fail')] },
      { kind: 'key' },
    ],
    [
      'still being checked',
      { ...base, check: { ...check, blockers: ['checking' as const] } },
      { kind: 'checking' },
    ],
  ])('%s', (_, composed, expected) => {
    expect(submitState(composed)).toEqual(expected)
  })
})

it.each<[DraftCheck['blockers'], string]>([
  [[], 'ready'],
  [['bucket'], 'bucket'],
  [['key', 'bucket'], 'key'],
  [['edit', 'bucket'], 'fix'],
])('blockers %j give the state %s', (blockers, kind) => {
  const report = { verdict: 'fail' as const, findings: [] }
  const check = { report, files: [], seconds: 5, blockers, estimate: null }
  expect(submitState({ check, open: [] }).kind).toBe(kind)
})

it('counts a double click as one press', () => {
  const isNewPress = pressFilter()
  expect([0, 150, 1500].map((now) => isNewPress('a', now))).toEqual([true, false, true])
})

it('counts a held key as one press', () => {
  const isNewPress = pressFilter()
  const repeats = Array.from({ length: 100 }, (_, index) => isNewPress('a', index * 40))
  expect(repeats.filter(Boolean)).toHaveLength(1)
})

it('accepts a press for another edit at once', () => {
  const isNewPress = pressFilter()
  expect([isNewPress('a', 0), isNewPress('b', 100)]).toEqual([true, true])
})
