import { z } from 'zod'

/**
 * A sentence for a person: a key of the language tables and the values to insert,
 * so that it can be shown in any language.
 */
export const text = z.object({
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
})
export type Text = z.infer<typeof text>

/** The languages of the app: English and Simplified Chinese. */
export const language = z.enum(['en', 'zh'])
export type Language = z.infer<typeof language>

/** A sentence in both languages. */
export interface InBothLanguages {
  en: string
  zh: string
}
