/** @typedef {{ mutatorName: string, replacement?: string, status: string, location: { start: { line: number, column: number } } }} Mutant */
/** @typedef {{ files: Record<string, { mutants: Mutant[] }> }} MutationReport */
/** @typedef {{ detected: number, total: number, percent: number, undetected: string[] }} Score */

const detected = ['Killed', 'Timeout']
const undetected = ['Survived', 'NoCoverage']

/** @param {string} text */
const oneLine = (text) => text.replace(/\s+/g, ' ').slice(0, 80)

/**
 * How many mutants the tests detect. Mutants that do not compile or were ignored do not count.
 *
 * @param {MutationReport} report Stryker's JSON report
 * @returns {Score} `percent` is 100 without mutants; `undetected` is one line per mutant
 */
export const scoreOf = ({ files }) => {
  const mutants = Object.entries(files).flatMap(([file, { mutants: found }]) =>
    found.map((mutant) => ({ file, ...mutant })),
  )
  const missed = mutants.filter(({ status }) => undetected.includes(status))
  const found = mutants.filter(({ status }) => detected.includes(status)).length
  const total = found + missed.length
  return {
    detected: found,
    total,
    percent: total === 0 ? 100 : (found / total) * 100,
    undetected: missed.map(
      ({ file, location: { start }, mutatorName, replacement = '', status }) =>
        `${file}:${start.line}:${start.column} ${mutatorName} ${oneLine(replacement)}${status === 'NoCoverage' ? ' (no test runs it)' : ''}`,
    ),
  }
}
