import { expect, test } from 'vitest'
import { scoreOf } from '../../../scripts/mutation/score.mjs'

const mutant = (status: string, line = 1, replacement = 'false') => ({
  mutatorName: 'ConditionalExpression',
  replacement,
  status,
  location: { start: { line, column: 3 } },
})

test('killed mutants and timeouts count as detected, ignored and broken ones do not count', () => {
  const statuses = ['Killed', 'Timeout', 'Killed', 'Survived', 'Ignored', 'CompileError']
  const report = { files: { 'main/a.ts': { mutants: statuses.map((status) => mutant(status)) } } }
  expect(scoreOf(report)).toMatchObject({ detected: 3, total: 4, percent: 75 })
})

test('undetected mutants are listed with their place, on one line each', () => {
  const report = {
    files: {
      'main/a.ts': { mutants: [mutant('Killed'), mutant('Survived', 7, 'a  <\n  b')] },
      'main/b.ts': { mutants: [mutant('NoCoverage', 9)] },
    },
  }
  expect(scoreOf(report).undetected).toEqual([
    'main/a.ts:7:3 ConditionalExpression a < b',
    'main/b.ts:9:3 ConditionalExpression false (no test runs it)',
  ])
})

test('a room without mutants has nothing undetected', () => {
  expect(scoreOf({ files: {} })).toEqual({ detected: 0, total: 0, percent: 100, undetected: [] })
})
