import type { Draft, ProviderLimits } from '../../../../preload/contract'
import { modeRow } from '../../../../preload/contract/mode-table'
import { useProvider } from '../../../data/use-providers'

/** What the provider of a draft offers for edits; undefined until it is known. */
export const useLimits = (draft: Draft): ProviderLimits | undefined => {
  const provider = useProvider(draft.provider)
  return provider && modeRow(provider, 'edit').limits
}
