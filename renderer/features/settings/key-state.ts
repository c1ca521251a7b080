import type { KeySource, KeyStore, ProviderDescription } from '../../../preload/contract'

/** What is said of a provider's key, and whether that deserves a second look. */
export interface KeyState {
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

/** Whether a provider takes a key that is entered here; one from the environment is changed where it comes from. */
export const takesKey = (provider: Pick<ProviderDescription, 'key'>): boolean =>
  provider.key === 'none' || provider.key === 'stored'

/** Whether what was typed may be saved: something was typed, and plain text was accepted where it is needed. */
export const maySave = (typed: string, store: KeyStore, acceptedPlain: boolean): boolean =>
  typed.trim() !== '' && (store.encrypted || acceptedPlain)

/** Whether a provider is unfolded by itself: the one for new edits, those with a key, and the one that was asked for. */
export const opensAtFirst = (
  { id, key }: Pick<ProviderDescription, 'id' | 'key'>,
  chosen: string,
  asked: string | null,
): boolean => id === chosen || id === asked || key === 'stored' || key === 'environment'
