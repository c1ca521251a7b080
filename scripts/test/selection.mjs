const vitestSteps = /** @type {const} */ (['unit', 'integration', 'e2e'])

/** The steps of `npm test` in their order. */
export const stepNames = /** @type {const} */ ([
  'lint',
  'imports',
  'types',
  'build',
  ...vitestSteps,
])

/** @typedef {typeof stepNames[number]} StepName */
/** @typedef {typeof vitestSteps[number]} VitestStep */
/** @typedef {{ steps: StepName[], filters: string[], whole: boolean }} Selection */

/** @param {StepName} name @returns {name is VitestStep} */
export const isVitestStep = (name) => vitestSteps.some((step) => step === name)

/** The steps that a file filter can match. @param {string} filter @returns {readonly StepName[]} */
const stepsOf = (filter) => {
  if (!filter.startsWith('test/')) return vitestSteps
  const folder = filter.split('/')[1]
  return [folder === 'integration' || folder === 'e2e' ? folder : 'unit']
}

/**
 * What `npm test -- <args>` runs. A step's name chooses that step. Anything else (a file filter or an
 * option) goes to vitest and chooses the test steps that it can match. No arguments choose everything.
 *
 * @param {readonly string[]} args
 * @returns {Selection}
 */
export const select = (args) => {
  const isStep = (/** @type {string} */ argument) => stepNames.some((name) => name === argument)
  const chosen = new Set(stepNames.filter((name) => args.includes(name)))
  const filters = args.filter((argument) => !isStep(argument))
  if (chosen.size === 0 && filters.length > 0) {
    const paths = filters.filter((filter) => !filter.startsWith('-'))
    for (const name of paths.length > 0 ? paths.flatMap(stepsOf) : vitestSteps) chosen.add(name)
  }
  if (chosen.size === 0) return { steps: [...stepNames], filters, whole: true }
  // These run the built app.
  if (chosen.has('integration') || chosen.has('e2e')) chosen.add('build')
  return { steps: stepNames.filter((name) => chosen.has(name)), filters, whole: false }
}
