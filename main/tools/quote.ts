const safe = /^[A-Za-z0-9_@%+=:,./-]+$/

const quoted = (word: string): string =>
  safe.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`

/** A command as a person can paste it into a shell. */
export const commandLine = (program: string, args: readonly string[]): string =>
  [program, ...args].map(quoted).join(' ')
