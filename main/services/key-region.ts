import { type ProviderId, providerRows, siblingOf } from '../../preload/contract'
import type { Drafts } from '../edits/drafts'
import { findRegion, fingerprintOf } from '../providers/dashscope/regions'
import { plainFailure } from '../providers/failures'
import { type Provider, ProviderError } from '../providers/provider'
import type { Keys, SettingsStore } from '../settings/settings'

interface KeyRegionOptions {
  keys: Keys
  settings: Pick<SettingsStore, 'get' | 'set'>
  drafts: Pick<Drafts, 'list' | 'save'>
  /** A provider that uses this key instead of the stored one. */
  withKey: (id: ProviderId, key: string) => Promise<Provider>
}

/** Milliseconds that the other region has to answer. */
const testLimit = 20_000

/**
 * Tries a refused key in the provider's other region, once. An accepted key is moved there, with the drafts and the
 * default provider of the old region.
 *
 * Gives the region of the key. Rejects with `ProviderError` where neither accepts it or the other cannot be asked.
 */
export const createKeyRegion =
  ({ keys, settings, drafts, withKey }: KeyRegionOptions) =>
  async (id: ProviderId): Promise<ProviderId> => {
    const row = providerRows[id]
    const key = keys.get(id)
    if (key === null) {
      const values = { provider: row.region ?? row.name }
      throw new ProviderError(plainFailure('auth_key-missing', values), 'no')
    }
    const found = await findRegion({
      row,
      key,
      memory: {
        get: (fingerprint) => settings.get().regions[fingerprint] ?? null,
        set: (fingerprint, answer) => {
          settings.set({ regions: { ...settings.get().regions, [fingerprint]: answer } })
        },
      },
      test: async (region) => {
        const provider = await withKey(region, key)
        await provider.test({ signal: AbortSignal.timeout(testLimit) })
      },
    })
    if (keys.source(id) === 'stored') {
      keys.set(found, key)
      keys.clear(id)
    }
    if (settings.get().provider === id) settings.set({ provider: found })
    for (const draft of drafts.list()) {
      if (draft.provider === id) drafts.save({ ...draft, provider: found })
    }
    return found
  }

/**
 * Forgets that neither region accepted a provider's key: it was entered again, or it is accepted now. A known region is
 * kept.
 */
export const createForgetRefusals =
  ({ keys, settings }: Pick<KeyRegionOptions, 'keys' | 'settings'>) =>
  (id: ProviderId): void => {
    const key = siblingOf(id) === null ? null : keys.get(id)
    if (key === null) return
    const { [fingerprintOf(key)]: answer, ...others } = settings.get().regions
    if (answer === 'neither') settings.set({ regions: others })
  }
