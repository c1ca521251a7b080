const withoutWindow = /** @type {const} */ (['unit', 'integration'])
const vitestSteps = /** @type {const} */ ([...withoutWindow, 'e2e'])

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
 * any other filter adds all test steps unless one is named. `-t name` alone looks for tests of that name in the
 * unit and integration tests. No arguments choose everything.
 *
 * @param {readonly string[]} args
 * @returns {Selection}
 */
export const select = (args) => {
  const isStep = (/** @type {string} */ argument) => stepNames.some((name) => name === argument)
  // The words after -t are a test's name, even where a step is called so.
  const at = args.findIndex((argument) => argument === '-t' || argument === '--testNamePattern')
  const byName = at < 0 ? [] : args.slice(at, at + 2)
  const others = at < 0 ? args : args.toSpliced(at, 2)
  const named = stepNames.filter((name) => others.includes(name))
  const chosenFilters = others.filter((argument) => !isStep(argument))
  const filters = [...chosenFilters, ...byName]
  const paths = chosenFilters.filter((filter) => !filter.startsWith('-'))
  const everywhere = byName.length > 0 ? withoutWindow : vitestSteps
  const elsewhere = named.some(isVitestStep) ? [] : everywhere
  const narrowing = paths.length > 0 ? paths : filters
  const matched = narrowing.flatMap((filter) =>
    filter.startsWith('test/') ? stepOf(filter) : elsewhere,
  )
  /** @type {Set<StepName>} */
  const chosen = new Set([...named, ...matched])
  if (chosen.size === 0) return { steps: [...stepNames], filters, whole: true }
  // These run the built app.
  if (chosen.has('integration') || chosen.has('e2e')) chosen.add('build')
  return { steps: stepNames.filter((name) => chosen.has(name)), filters, whole: false }
}
