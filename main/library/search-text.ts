import type { EditSpec } from '../edits/edit-spec'

/** The same for capital and small letters, full and half width, composed and decomposed accents. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Everything that a search looks into. */
export const searchTextOf = (spec: EditSpec, fileName: string, providerName: string): string =>
  fold(
    [
      spec.prompt,
      spec.negativePrompt,
      spec.clip.name,
      fileName,
      spec.provider,
      providerName,
      ...spec.images.map((image) => image.name),
    ].join('\n'),
  )

/** As many as a search goes by: SQLite takes no more than a thousand conditions, and keeps each statement. */
const mostWords = 100

/**
 * The words of a query, folded, each once. Each must occur somewhere, also inside a word: Chinese has no spaces, so
 * parts of words are what a person can type.
 */
export const wordsOf = (query: string): string[] =>
  [...new Set(fold(query).split(/\s+/u).filter(Boolean))].slice(0, mostWords)
