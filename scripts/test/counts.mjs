/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * The parts we read of vitest's JSON report.
 *
 * @typedef {{
 *   testResults?: {
 *     name?: string,
 *     status?: string,
 *     assertionResults?: { status?: string, fullName?: string, failureMessages?: string[] }[],
 *   }[],
 * }} Report
 */

/** @type {Readonly<Counts>} */
export const none = Object.freeze({ passed: 0, failed: 0, skipped: 0 })

/**
 * @param {readonly Counts[]} all
 * @returns {Counts}
 */
export const sum = (all) =>
  all.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
    }),
    none,
  )

/**
 * Counts a vitest run. Never gives zero failures for a run that did not succeed: a file that cannot
 * be loaded, an error outside of tests, a missing report and a run that was stopped are one each.
 *
 * @param {Report | undefined} report
 * @param {number} code vitest's exit code
 * @returns {Counts}
 */
export const countReport = (report, code) => {
  const files = report?.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults ?? [])
  const passed = tests.filter((test) => test.status === 'passed').length
  const failedTests = tests.filter((test) => test.status === 'failed').length
  const brokenFiles = files.filter(
    (file) =>
      file.status === 'failed' &&
      !(file.assertionResults ?? []).some((test) => test.status === 'failed'),
  ).length
  const failed = failedTests + brokenFiles
  return {
    passed,
    failed: failed === 0 && (code !== 0 || report === undefined) ? 1 : failed,
    skipped: tests.length - passed - failedTests,
  }
}

/**
 * The tests that passed only at their second try, a line each with what went wrong at the first, so that none of them
 * is overlooked.
 *
 * @param {Report | undefined} report
 */
export const secondTries = (report) =>
  (report?.testResults ?? []).flatMap(({ name = '', assertionResults = [] }) =>
    assertionResults
      .filter(
        ({ status, failureMessages = [] }) => status === 'passed' && failureMessages.length > 0,
      )
      .map(({ fullName = '', failureMessages = [] }) => {
        const [why = ''] = (failureMessages[0] ?? '').split('\n')
        return `${name} > ${fullName}: ${why}`
      }),
  )

/**
 * The last line of `npm test`.
 *
 * @param {Counts} counts
 */
export const summary = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`
