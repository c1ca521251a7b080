/**
 * Tells a person what is being done, on stderr: stdout belongs to results.
 *
 * @param {string} line
 */
export const say = (line) => {
  process.stderr.write(`${line}\n`)
}

/** Ends a command with a sentence for the person, without a stack trace. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError'
}

/**
 * Runs a command's main function: its number is the exit code, a SetupError is its message and 1.
 *
 * @param {() => Promise<number>} main
 */
export const command = async (main) => {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    say(error.message)
    process.exitCode = 1
  }
}
