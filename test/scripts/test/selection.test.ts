import { describe, expect, it } from 'vitest'
import { select, stepNames } from '../../../scripts/test/selection.mjs'

describe('what npm test runs', () => {
  it('is everything without arguments', () => {
    expect(select([])).toEqual({ steps: [...stepNames], filters: [], whole: true })
  })

  it.each([
    [['unit'], ['unit'], []],
    [['types', 'lint'], ['lint', 'types'], []],
    [['e2e'], ['build', 'e2e'], []],
    [['test/preflight'], ['unit'], ['test/preflight']],
    [
      ['test/integration/jobs.test.ts'],
      ['build', 'integration'],
      ['test/integration/jobs.test.ts'],
    ],
    [['unit', 'clip-rules'], ['unit'], ['clip-rules']],
    [['clip-rules'], ['build', 'unit', 'integration', 'e2e'], ['clip-rules']],
    [['unit', '-t', 'rotation'], ['unit'], ['-t', 'rotation']],
    [
      ['-t', 'rotation'],
      ['build', 'unit', 'integration'],
      ['-t', 'rotation'],
    ],
    [
      ['-t', 'types'],
      ['build', 'unit', 'integration'],
      ['-t', 'types'],
    ],
    [['test/jobs', '-t', 'cancel'], ['unit'], ['test/jobs', '-t', 'cancel']],
    [['--bail=1'], ['build', 'unit', 'integration', 'e2e'], ['--bail=1']],
    [['test/preflight', '--bail=1'], ['unit'], ['test/preflight', '--bail=1']],
    [
      ['test/jobs', 'lint', 'types', 'test/e2e/trim.test.ts'],
      ['lint', 'types', 'build', 'unit', 'e2e'],
      ['test/jobs', 'test/e2e/trim.test.ts'],
    ],
    [['lint', 'clip-rules'], ['lint', 'build', 'unit', 'integration', 'e2e'], ['clip-rules']],
    [['unit', 'test/integration'], ['build', 'unit', 'integration'], ['test/integration']],
  ])('%j is %j with %j', (args, steps, filters) => {
    expect(select(args)).toEqual({ steps, filters, whole: false })
  })
})
