import { createInterface } from 'node:readline/promises'
import type { CliContext } from './context'

/** Asks a person at the terminal; null where nobody is there. Anything but a yes is a no. */
export const askYesNo = async (question: string, context: CliContext): Promise<boolean | null> => {
  const { stdin, stderr, signal } = context
  if (!stdin?.isTTY || !stderr.isTTY) return null
  // The terminal itself edits the line, so that Ctrl-C reaches the whole command.
  const asking = createInterface({ input: stdin, output: stderr, terminal: false })
  const ended = new Promise<string>((resolve) => asking.once('close', () => resolve('')))
  try {
    const answer = await Promise.race([asking.question(`${question} `, { signal }), ended])
    return /^(y|yes|是)$/i.test(answer.trim())
  } finally {
    asking.close()
  }
}
