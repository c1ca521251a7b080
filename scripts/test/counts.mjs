/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * The parts of vitest's JSON report that are read here.
 *
 * @typedef {{ testResults?: { status?: string, assertionResults?: { status?: string }[] }[] }} Report
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
 * Counts the tests of a vitest run. A run that did not succeed always has at least one failure: a file
 * that cannot be loaded, an error outside of tests, a missing report and a stopped run count as one each.
 *
 * @param {Report | undefined} report
 * @param {number} code vitest's exit code
 * @returns {Counts}
 */
export const countReport = (report, code) => {
  const files = (report?.testResults ?? []).map(({ status, assertionResults = [] }) => ({
    broken: status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
    states: assertionResults.map((test) => test.status),
  }))
  const states = files.flatMap((file) => file.states)
  const passed = states.filter((state) => state === 'passed').length
  const failedTests = states.filter((state) => state === 'failed').length
  const failed = failedTests + files.filter(({ broken }) => broken).length
  return {
    passed,
    failed: failed === 0 && (code !== 0 || report === undefined) ? 1 : failed,
    skipped: states.length - passed - failedTests,
  }
}

/** The last line of `npm test`. @param {Counts} counts */
export const summary = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`
