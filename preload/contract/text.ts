import { z } from 'zod'

/**
 * A sentence for a person, kept as a key of the language tables and the values that fill it,
 * so that the same fact can be said in any language at any time.
 */
export const text = z.object({
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
})
export type Text = z.infer<typeof text>

/** Languages the app speaks: English and Simplified Chinese. */
export const language = z.enum(['en', 'zh'])
export type Language = z.infer<typeof language>

/** A sentence in both languages. */
export interface InBothLanguages {
  en: string
  zh: string
}
