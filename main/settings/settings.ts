import type { KeySource, KeyStore, Language, ProviderId, Settings } from '../../preload/contract'

/** Preferences on disk, written atomically; unreadable ones are set aside, never lost silently. */
export interface SettingsStore {
  get: () => Settings
  set: (patch: Partial<Settings>) => Settings
  /** The language in use after 'system' was resolved. */
  language: () => Language
  onChange: (listener: (settings: Settings) => void) => () => void
}

/** Encrypts and decrypts with what the OS offers; the shell gives Electron's safeStorage. */
export interface SecretBox {
  store: () => KeyStore
  encrypt: (plain: string) => Buffer
  decrypt: (encrypted: Buffer) => string
}

/** API keys: stored through a `SecretBox` in a 0600 file, or from the environment. Never logged, never in events. */
export interface Keys {
  source: (provider: ProviderId) => KeySource
  /** The key; null when there is none. */
  get: (provider: ProviderId) => string | null
  set: (provider: ProviderId, key: string) => void
  clear: (provider: ProviderId) => void
  store: () => KeyStore
  onChange: (listener: () => void) => () => void
}
