/** Prints a line on stderr. stdout is for results. @param {string} line */
export const say = (line) => {
  process.stderr.write(`${line}\n`)
}

/** Ends a command with a sentence, without a stack trace. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError'
}

/**
 * Runs a command's main function. Its number is the exit code; a SetupError prints its message and gives 1.
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
