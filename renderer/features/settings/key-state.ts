import type {
  KeySource,
  KeyStore,
  ProviderDescription,
  SettingsView,
} from '../../../preload/contract'

/** What the parts of a provider's row show. */
export interface ProviderProps {
  provider: ProviderDescription
  view: SettingsView
}

const states = {
  stored: { say: 'stored', mark: 'pass' },
  environment: { say: 'environment', mark: 'pass' },
  none: { say: 'none', mark: 'info' },
  'not-needed': { say: 'notNeeded', mark: 'pass' },
} as const satisfies Record<KeySource, object>

/** The sentence and the mark for the state of a provider's key. */
export const keyState = (source: KeySource, { encrypted }: KeyStore) =>
  source === 'stored' && !encrypted
    ? ({ say: 'storedPlain', mark: 'warn' } as const)
    : states[source]

/** Whether a key can be entered here; a key from the environment is changed there. */
export const acceptsKey = (provider: Pick<ProviderDescription, 'key'>): boolean =>
  provider.key === 'none' || provider.key === 'stored'

/** Whether a typed key may be saved: it is not empty, and unencrypted storage was accepted if needed. */
export const maySave = (typed: string, store: KeyStore, acceptedPlain: boolean): boolean =>
  typed.trim() !== '' && (store.encrypted || acceptedPlain)

/** Whether a provider's row is open at first: the default provider, those with a key, and the requested one. */
export const opensAtFirst = (
  { id, key }: Pick<ProviderDescription, 'id' | 'key'>,
  chosen: string,
  asked: string | null,
): boolean => id === chosen || id === asked || key === 'stored' || key === 'environment'
