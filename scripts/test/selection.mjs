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

/** The step of a folder or file below `test/`. @param {string} path @returns {VitestStep} */
const stepOf = (path) => {
  const folder = path.split('/')[1]
  return folder === 'integration' || folder === 'e2e' ? folder : 'unit'
}

/**
 * What `npm test -- <args>` runs. A step's name chooses that step. Anything else (a file filter or an
 * option) goes to vitest and narrows every test step that runs: a path below `test/` adds its own step,
 * any other filter adds all test steps unless one is named. No arguments choose everything.
 *
 * @param {readonly string[]} args
 * @returns {Selection}
 */
export const select = (args) => {
  const isStep = (/** @type {string} */ argument) => stepNames.some((name) => name === argument)
  const named = stepNames.filter((name) => args.includes(name))
  const filters = args.filter((argument) => !isStep(argument))
  const paths = filters.filter((filter) => !filter.startsWith('-'))
  const elsewhere = named.some(isVitestStep) ? [] : vitestSteps
  const matched = (paths.length > 0 ? paths : filters).flatMap((filter) =>
    filter.startsWith('test/') ? stepOf(filter) : elsewhere,
  )
  /** @type {Set<StepName>} */
  const chosen = new Set([...named, ...matched])
  if (chosen.size === 0) return { steps: [...stepNames], filters, whole: true }
  // These run the built app.
  if (chosen.has('integration') || chosen.has('e2e')) chosen.add('build')
  return { steps: stepNames.filter((name) => chosen.has(name)), filters, whole: false }
}
