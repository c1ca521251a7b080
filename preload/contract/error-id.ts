import type { Text } from './text'

/** Without vowels, so that no id is a word, and without l, which looks like 1. */
const letters = 'bcdfghjkmnpqrstvwxyz'

/** The id of an unexpected error, as newErrorId makes it. */
export const errorIdPattern = /^[bcdfghjkmnpqrstvwxyz]{6}$/

/** A new id for an unexpected error: six letters that a person can read out, and find in the log. */
export const newErrorId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => letters[byte % 20]).join('')

/** The id in a sentence about an unexpected error; null in any other sentence. */
export const errorIdIn = ({ values: { id } }: Pick<Text, 'values'>): string | null =>
  typeof id === 'string' && errorIdPattern.test(id) ? id : null
