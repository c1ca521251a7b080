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

/**
 * The words of a query, folded. Each must occur somewhere, also inside a word: Chinese has no spaces, so
 * parts of words are what a person can type.
 */
export const wordsOf = (query: string): string[] => fold(query).split(/\s+/u).filter(Boolean)
