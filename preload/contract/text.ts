import { z } from 'zod'
import { languages } from './language/languages'

/**
 * A sentence for a person: a key of the language tables and the values to insert,
 * so that it can be shown in any language.
 */
export const text = z.object({
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
})
export type Text = z.infer<typeof text>

export const language = z.enum(languages.map(({ id }) => id))
