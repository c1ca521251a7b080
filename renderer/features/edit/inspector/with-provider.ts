import type { Draft, ProviderDescription } from '../../../../preload/contract'
import { modeRow } from '../../../../preload/contract/mode-table'

type Chosen = Pick<ProviderDescription, 'id' | 'name' | 'modes'>

const rewrites = (provider: Chosen): boolean =>
  modeRow(provider, 'edit').defaults?.promptExtend ?? true

/**
 * The draft for another provider. An option that still is as the first one does it by itself becomes what the second
 * one does by itself; all else stays as it was chosen.
 */
export const withProvider = (draft: Draft, from: Chosen | undefined, to: Chosen): Draft => {
  const untouched = from !== undefined && draft.options.promptExtend === rewrites(from)
  const promptExtend = untouched ? rewrites(to) : draft.options.promptExtend
  return { ...draft, provider: to.id, options: { ...draft.options, promptExtend } }
}
