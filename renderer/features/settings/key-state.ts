import type { KeySource, KeyStore, ProviderDescription } from '../../../preload/contract'

/** The sentence and the mark for the state of a provider's key. */
interface KeyState {
  say: 'stored' | 'storedPlain' | 'environment' | 'none' | 'notNeeded'
  mark: 'pass' | 'warn' | 'info'
}

export const keyState = (source: KeySource, store: KeyStore): KeyState => {
  switch (source) {
    case 'stored':
      return store.encrypted
        ? { say: 'stored', mark: 'pass' }
        : { say: 'storedPlain', mark: 'warn' }
    case 'environment':
      return { say: 'environment', mark: 'pass' }
    case 'none':
      return { say: 'none', mark: 'info' }
    case 'not-needed':
      return { say: 'notNeeded', mark: 'pass' }
  }
}

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
