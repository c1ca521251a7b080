import { type ProviderId, providerId, providerTable } from '../../preload/contract'
import type { ProviderRow } from './provider'

/** The rows of the table with their ids, in the order in which they are offered. */
export const providerRows = Object.fromEntries(
  providerId.options.map((id): [ProviderId, ProviderRow] => [id, { ...providerTable[id], id }]),
) as Record<ProviderId, ProviderRow>

/** Whether an id, read from somewhere, is one of a provider that this version can use. */
export const isBuiltIn = (id: string): id is ProviderId => Object.hasOwn(providerRows, id)
