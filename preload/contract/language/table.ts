import { type Language, languages } from './languages'

/**
 * A table with the same keys in another language. Every text of the English table must be there, except
 * the plural forms, which differ by language: only `_other` is required.
 */
export type TableLike<T> = {
  [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string
    ? string
    : TableLike<T[K]>
} & {
  [K in keyof T as K extends `${infer Name}_other`
    ? `${Name}_${'one' | 'two' | 'few' | 'many'}`
    : never]?: string
}

/** The tables of all languages out of their folders. Throws if a language of the list has no folder. */
export const tablesByLanguage = <T>(folders: Record<string, T>): Record<Language, T> =>
  Object.fromEntries(
    languages.map(({ id }) => {
      const table = folders[`./${id}/index.ts`]
      if (!table) throw new Error(`The language ${id} has no folder`)
      return [id, table]
    }),
  ) as Record<Language, T>
