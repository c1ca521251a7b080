import type { ProviderId } from '../../preload/contract'
import type { Drafts } from '../edits/edits'
import {
  dashScopeRegions,
  fingerprintOf,
  type RegionId,
  regionOf,
  siblingOf,
} from '../providers/dashscope/regions'
import { plainFailure } from '../providers/failures'
import { type Provider, ProviderError } from '../providers/provider'
import type { Keys, SettingsStore } from '../settings/settings'

export interface KeyRegionOptions {
  keys: Keys
  settings: Pick<SettingsStore, 'get' | 'set'>
  drafts: Pick<Drafts, 'list' | 'save'>
  /** A provider that uses this key, whatever is stored. */
  withKey: (id: RegionId, key: string) => Promise<Provider>
}

/** Milliseconds that the other region may take to answer. */
const patience = 20_000

/**
 * Asks the other region whether a refused DashScope key belongs there, once; a key that does is moved there,
 * and with it the drafts that were to go to its old region.
 *
 * Gives the region of the key. Rejects with `ProviderError` where neither accepts it or the other cannot be asked.
 */
export const createKeyRegion =
  ({ keys, settings, drafts, withKey }: KeyRegionOptions) =>
  async (id: RegionId): Promise<RegionId> => {
    const key = keys.get(id)
    if (key === null) {
      const values = { provider: dashScopeRegions[id].name }
      throw new ProviderError(plainFailure('auth', 'enter-key', 'auth_key-missing', values), 'no')
    }
    const found = await siblingOf({
      region: dashScopeRegions[id],
      key,
      memory: {
        get: (fingerprint) => settings.get().regions[fingerprint] ?? null,
        set: (fingerprint, answer) => {
          settings.set({ regions: { ...settings.get().regions, [fingerprint]: answer } })
        },
      },
      test: async (region) => {
        const provider = await withKey(region, key)
        await provider.test({ signal: AbortSignal.timeout(patience) })
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
 * Forgets that neither region accepted a provider's key: it was entered again or is accepted now, so it may have come
 * to life since. Which region a key belongs to stays known.
 */
export const createForgetRefusals =
  ({ keys, settings }: Pick<KeyRegionOptions, 'keys' | 'settings'>) =>
  (id: ProviderId): void => {
    const key = regionOf(id) ? keys.get(id) : null
    if (key === null) return
    const { [fingerprintOf(key)]: answer, ...others } = settings.get().regions
    if (answer === 'neither') settings.set({ regions: others })
  }
