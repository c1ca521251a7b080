const safe = /^[\w@%+=:,./-]+$/

/** What breaks a line, controls a terminal or reverses the direction of text. */
const control = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu

const escaped = (character: string): string =>
  character === '\n' ? '\\n' : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`

/** Text on one line: control characters are escaped, as in \n or \u001b. */
export const printable = (text: string): string => text.replace(control, escaped)

const quoted = (word: string): string => {
  if (safe.test(word)) return word
  if (printable(word) === word) return `'${word.replaceAll("'", "'\\''")}'`
  // Only this kind of quotes reads the escapes back.
  return `$'${printable(word.replace(/[\\']/g, '\\$&'))}'`
}

/** A command that can be pasted into a shell: each word is quoted where the shell needs it. */
export const commandLine = (words: readonly string[]): string => words.map(quoted).join(' ')
