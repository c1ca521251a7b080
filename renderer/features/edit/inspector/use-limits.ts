import type { Draft, ProviderLimits } from '../../../../preload/contract'
import { modeOfSource, modeRow } from '../../../../preload/contract/mode-table'
import { useProvider } from '../../../data/use-providers'

/** The limits of the provider of a draft; undefined until it is known. */
export const useLimits = (draft: Draft): ProviderLimits | undefined => {
  const provider = useProvider(draft.provider)
  return provider && modeRow(provider, modeOfSource[draft.source.kind]).limits
}
