import { describe, expect, it } from 'vitest'
import { countReport, none, sum, summary } from '../../../scripts/test/counts.mjs'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((one) => ({ status: one })),
})

describe('counting a run', () => {
  it('counts tests, with those that were left out', () => {
    const report = {
      testResults: [
        file('passed', 'passed', 'passed', 'skipped'),
        file('failed', 'passed', 'failed', 'todo', 'pending'),
      ],
    }
    expect(countReport(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 3 })
  })

  it('counts a file that could not be loaded as one failure', () => {
    const report = { testResults: [file('failed'), file('passed', 'passed')] }
    expect(countReport(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 })
  })

  it.each([
    ['an error outside of the tests', { testResults: [file('passed', 'passed')] }, 1],
    ['a run without a report', undefined, 0],
    ['a run that was stopped', undefined, 124],
    ['a report of nothing', {}, 1],
  ])('%s is a failure', (_name, report, code) => {
    expect(countReport(report, code).failed).toBe(1)
  })

  it('is nothing when a filter matched nothing', () => {
    expect(countReport({ testResults: [] }, 0)).toEqual(none)
  })
})

it('sums up in the words that other programs look for', () => {
  const total = sum([
    { passed: 2, failed: 0, skipped: 1 },
    { passed: 40, failed: 3, skipped: 0 },
  ])
  expect(summary(total)).toBe('42 passed, 3 failed, 1 skipped')
  expect(summary(sum([]))).toBe('0 passed, 0 failed, 0 skipped')
})
