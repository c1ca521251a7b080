/** What stands for a secret. */
const hidden = '•••'

/** Words that look like keys, with the name before them that stays. */
const keyLike: readonly RegExp[] = [
  /(\b(?:Bearer|Basic)\s+)[\w.~+/=-]{8,}/gi,
  /()\b(?:sk|rk)-[\w-]{8,}/g,
  /()\b(?:AKIA|ASIA|LTAI)[A-Za-z0-9]{12,}\b/g,
  /()\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g,
  // With a digit: "invalid token: unexpected_word" is no key.
  /(\b(?:api[-_ ]?key|access[-_ ]?key(?:[-_ ]?(?:id|secret))?|secret|token|password)["']?\s*[:=]\s*["']?)(?=[^\s"',;&]*\d)[^\s"',;&]{8,}/gi,
]

/** A service's words without keys that it repeats: people paste messages into forums, and they are stored. */
export const redact = (text: string): string =>
  keyLike.reduce((kept, pattern) => kept.replace(pattern, `$1${hidden}`), text)

/** Shorter keys are not replaced: no service gives them, and a short word may be part of any text. */
const shortest = 8

/** An answer without the secret of its own request, whatever that looks like. */
export const withoutSecret = (answer: string, authorization: string | undefined): string => {
  const secret = authorization?.replace(/^\S+\s+/, '') ?? ''
  return secret.length < shortest ? answer : answer.replaceAll(secret, hidden)
}
