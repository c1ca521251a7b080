/** The steps of `npm test` in their order. */
export const stepNames = /** @type {const} */ ([
  'lint',
  'imports',
  'types',
  'build',
  'unit',
  'integration',
  'e2e',
])

/** @typedef {typeof stepNames[number]} StepName */
/** @typedef {{ steps: StepName[], filters: string[], whole: boolean }} Selection */

const vitestSteps = /** @type {const} */ (['unit', 'integration', 'e2e'])

/** Which projects a file filter can mean. @param {string} filter @returns {readonly StepName[]} */
const projectsOf = (filter) => {
  if (!filter.startsWith('test/')) return vitestSteps
  const place = filter.split('/')[1]
  return [place === 'integration' || place === 'e2e' ? place : 'unit']
}

/**
 * What to run for `npm test -- <args>`: names of steps choose steps, anything else is handed to
 * vitest (file filters, or its options) and chooses the test steps it can concern. No arguments: all.
 *
 * @param {readonly string[]} args
 * @returns {Selection}
 */
export const select = (args) => {
  /** @type {Set<StepName>} */
  const chosen = new Set()
  /** @type {string[]} */
  const filters = []
  for (const argument of args) {
    const step = stepNames.find((name) => name === argument)
    if (step) chosen.add(step)
    else filters.push(argument)
  }
  if (chosen.size === 0 && filters.length > 0) {
    const paths = filters.filter((filter) => !filter.startsWith('-'))
    const concerned = paths.length > 0 ? paths.flatMap(projectsOf) : vitestSteps
    for (const name of concerned) chosen.add(name)
  }
  if (chosen.size === 0) return { steps: [...stepNames], filters, whole: true }
  // These run what was built.
  if (chosen.has('integration') || chosen.has('e2e')) chosen.add('build')
  return { steps: stepNames.filter((name) => chosen.has(name)), filters, whole: false }
}
