import type { LibraryEntry, LibraryQuery, ProviderId } from '../../../preload/contract'
import { providerTable } from '../../../preload/contract/provider-table'

// From the table, not from the schema: that would load zod into the window.
const providerIds = Object.keys(providerTable) as ProviderId[]

/** Filters for providers with results, with their number, in the order of the contract; one that is on never disappears. */
export const providerChips = (
  entries: readonly Pick<LibraryEntry, 'provider'>[],
  chosen: readonly ProviderId[],
) =>
  providerIds
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

/** Whether the query filters at all: an empty list then means "nothing found". */
export const isNarrowed = (query: LibraryQuery): boolean =>
  query.words.trim() !== '' || query.providers.length > 0
