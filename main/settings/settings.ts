import type { KeySource, KeyStore, Language, ProviderId, Settings } from '../../preload/contract'

/** Preferences on disk, written atomically. An unreadable file is kept under another name. */
export interface SettingsStore {
  get: () => Settings
  set: (patch: Partial<Settings>) => Settings
  /** The language in use, with 'system' resolved. */
  language: () => Language
  onChange: (listener: (settings: Settings) => void) => () => void
}

/** Encrypts and decrypts secrets; the shell provides Electron's safeStorage. */
export interface SecretBox {
  store: () => KeyStore
  encrypt: (plain: string) => Buffer
  decrypt: (encrypted: Buffer) => string
}

/** The two parts of a bucket's key, stored with the providers' keys. */
export type BucketSecret = 'bucket-access-key' | 'bucket-secret-key'

export type SecretName = ProviderId | BucketSecret

/** API keys: stored through a `SecretBox` in a 0600 file, or from the environment. Never logged, never in events. */
export interface Keys {
  source: (name: SecretName) => KeySource
  /** The key; null when there is none. */
  get: (name: SecretName) => string | null
  set: (name: SecretName, key: string) => void
  clear: (name: SecretName) => void
  store: () => KeyStore
  onChange: (listener: () => void) => () => void
}
