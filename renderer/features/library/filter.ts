import {
  type LibraryEntry,
  type LibraryQuery,
  type ProviderId,
  providerId,
} from '../../../preload/contract'

/** A chip of the filter bar: how many results came from a provider, and whether only those are shown. */
export interface ProviderChip {
  id: ProviderId
  count: number
  on: boolean
}

/** Chips for the providers that made something, in the order of the contract; a chosen one never disappears. */
export const providerChips = (
  entries: readonly Pick<LibraryEntry, 'provider'>[],
  chosen: readonly ProviderId[],
): ProviderChip[] =>
  providerId.options
    .map((id) => ({
      id,
      count: entries.filter((entry) => entry.provider === id).length,
      on: chosen.includes(id),
    }))
    .filter((chip) => chip.count > 0 || chip.on)

export const toggleProvider = (query: LibraryQuery, id: ProviderId): LibraryQuery => ({
  ...query,
  providers: query.providers.includes(id)
    ? query.providers.filter((other) => other !== id)
    : [...query.providers, id],
})

/** Whether the person narrowed the list; only then "nothing found" is the right thing to say. */
export const isNarrowed = (query: LibraryQuery): boolean =>
  query.words.trim() !== '' || query.providers.length > 0

/** The first line of a prompt that says anything; a file name stands in where there is none. */
export const titleOf = (prompt: string, otherwise: string): string =>
  prompt
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '') ?? otherwise
