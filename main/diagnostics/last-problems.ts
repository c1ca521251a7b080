import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { hasCode } from '../files/errno'
import { logFiles } from '../log'

/** Warnings and errors that a report has, and older ones about the error that it was asked for. */
const most = { last: 40, asked: 10 }
/** Characters of one of them: a stack trace is longer, and its beginning says most. */
const longest = 1_200

/** The last warnings and errors of window and command line, oldest first; those that name `errorId` in any case. */
export const lastProblems = async (folder: string, errorId: string | null): Promise<string[]> => {
  const texts = await Promise.all(
    ['main', 'cli'].flatMap((name) =>
      logFiles(folder, name).map(async (file) =>
        (await textOf(file)).map((line) => ({ line, from: path.basename(file) })),
      ),
    ),
  )
  return pickProblems(texts.flat(), errorId)
}

/** Chooses from lines of the logs; the time at the start of a line is its place. */
export const pickProblems = (
  lines: readonly { line: string; from: string }[],
  errorId: string | null,
): string[] => {
  const problems = lines
    .flatMap(({ line, from }) => {
      const [, time = '', level = '', words = ''] =
        /^\[(\S+)\] \[(warn|error)\] (.+)$/.exec(line) ?? []
      return time === '' ? [] : [{ time, said: `${time} ${level} (${from}) ${shortened(words)}` }]
    })
    .toSorted((a, b) => a.time.localeCompare(b.time))
    .map(({ said }) => said)
  const older = errorId === null ? [] : problems.slice(0, -most.last)
  const asked = older.filter((said) => errorId !== null && said.includes(errorId))
  return [...asked.slice(-most.asked), ...problems.slice(-most.last)]
}

const shortened = (words: string): string =>
  words.length > longest ? `${words.slice(0, longest)}…` : words

const textOf = async (file: string): Promise<string[]> => {
  try {
    return (await readFile(file, 'utf8')).split('\n')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return []
    throw error
  }
}
