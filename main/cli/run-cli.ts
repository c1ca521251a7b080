import { existsSync } from 'node:fs'
import { CommanderError } from 'commander'
import { type Language, languageOf } from '../../preload/contract/language/languages'
import { resolveHome } from '../home'
import { createFileLog, logUnexpected } from '../log'
import { localeOf } from '../settings/language'
import { findingForPrograms } from './commands/check'
import { type CliContext, exitCode } from './context'
import { createOutput, type Output } from './output'
import { createProgram } from './program'
import { commandName } from './words/command-name'
import {
  CliRefusal,
  expectedSentence,
  findingLines,
  type Speak,
  sentenceOf,
  speaker,
  unexpectedSentence,
} from './words/words'

export type { CliContext } from './context'

/**
 * Runs one command and gives its exit code: 0 done, 1 refused or failed, 2 wrong usage, 130 stopped.
 * Never rejects and never ends the process.
 * @param argv the words after the program's name
 */
export const runCli = async (argv: readonly string[], context: CliContext): Promise<number> => {
  const output = createOutput(context.stdout, context.stderr)
  const code = await run(argv, context, output)
  await output.end()
  const failure = output.failure()
  if (!failure) return code
  output.notice(sentenceOf(failure, speaker(languageOf(localeOf(context.env)))))
  await output.end()
  return exitCode.refused
}

const run = async (
  argv: readonly string[],
  context: CliContext,
  output: Output,
): Promise<number> => {
  let code: number = exitCode.done
  const reshoot = commandName(context.env, context.cwd)
  const speak = speaker(await languageFor(homeIn(argv), context), reshoot)
  const program = createProgram(reshoot, output, speak, async (command) => {
    code = await command(context, output)
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCode.done : exitCode.usage
    if (context.signal.aborted) return exitCode.interrupted
    complain(error, argv, speak, output, logged(error, argv, context))
    return exitCode.refused
  }
}

/** The value of `--home`, needed before options are parsed because help texts use the language of Settings. */
const homeIn = (argv: readonly string[]): string | undefined => {
  const at = argv.findLastIndex((word) => word === '--home' || word.startsWith('--home='))
  const word = argv[at]
  return word === '--home' ? argv[at + 1] : word?.slice('--home='.length)
}

/** The language of Settings, or of the environment if they cannot be read. */
const languageFor = async (home: string | undefined, context: CliContext): Promise<Language> => {
  try {
    const { openSettingsAlone } = await import('./open')
    return openSettingsAlone(home, context).language()
  } catch {
    return languageOf(localeOf(context.env)) // the command itself reports the error
  }
}

/** Logs an error that nobody expected; gives its id, null where there is no home to keep a log in. */
const logged = (
  error: unknown,
  argv: readonly string[],
  { env }: Pick<CliContext, 'env'>,
): string | null => {
  const { logs } = resolveHome({ home: homeIn(argv), env })
  if (expectedSentence(error, speaker('en')) !== null || !existsSync(logs)) return null
  return logUnexpected(createFileLog(logs, 'cli'), 'Unexpected error', { error })
}

/** The sentence about an error that nothing has caught, so that no stack trace is shown. */
export const uncaughtSentence = (
  error: unknown,
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
): string => {
  const speak = speaker(languageOf(localeOf(env)))
  const id = logged(error, argv, { env })
  return id === null ? sentenceOf(error, speak) : unexpectedSentence(error, id, speak)
}

const complain = (
  error: unknown,
  argv: readonly string[],
  speak: Speak,
  output: Output,
  id: string | null,
): void => {
  const refusal = error instanceof CliRefusal ? error : null
  const sentence = (words: Speak) =>
    id === null ? sentenceOf(error, words) : unexpectedSentence(error, id, words)
  output.notice(sentence(speak))
  for (const line of findingLines(refusal?.findings ?? [], speak)) output.notice(line)
  for (const { key, values } of refusal?.hints ?? []) output.notice(speak(key, values))
  if (argv.includes('--json'))
    output.json({
      error: {
        message: sentence(speaker('en')),
        findings: (refusal?.findings ?? []).map(findingForPrograms),
      },
    })
}
