import { CommanderError } from 'commander'
import { languageOf, localeOf } from '../settings/language'
import { findingForPrograms } from './check'
import type { CliContext } from './context'
import { exitCode } from './context'
import { createOutput, type Output } from './output'
import { createProgram } from './program'
import { CliRefusal, findingLines, sentenceOf, speaker } from './words'

export type { CliContext } from './context'

/**
 * Runs one command and gives its exit code: 0 done, 1 refused or failed, 2 wrong usage, 130 stopped.
 * `argv` holds the words after the program's name. Never rejects, never ends the process.
 */
export const runCli = async (argv: readonly string[], context: CliContext): Promise<number> => {
  const output = createOutput(context.stdout, context.stderr)
  const code = await run(argv, context, output)
  await output.end()
  return code
}

const run = async (
  argv: readonly string[],
  context: CliContext,
  output: Output,
): Promise<number> => {
  let code: number = exitCode.done
  const program = createProgram(output, async (command) => {
    code = await command(context, output)
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCode.done : exitCode.usage
    if (context.signal.aborted) return exitCode.interrupted
    complain(error, argv, context, output)
    return exitCode.refused
  }
}

const complain = (
  error: unknown,
  argv: readonly string[],
  context: CliContext,
  output: Output,
): void => {
  const speak = speaker(languageOf(localeOf(context.env)))
  const refusal = error instanceof CliRefusal ? error : null
  output.notice(sentenceOf(error, speak))
  for (const line of findingLines(refusal?.findings ?? [], speak)) output.notice(line)
  if (refusal?.hint) output.notice(speak(refusal.hint.key, refusal.hint.values))
  if (argv.includes('--json'))
    output.json({
      error: {
        message: sentenceOf(error, speaker('en')),
        findings: (refusal?.findings ?? []).map(findingForPrograms),
      },
    })
}
