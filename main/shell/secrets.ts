import { safeStorage } from 'electron'
import { plainSecretBox } from '../settings/plain-secret-box'
import type { SecretBox } from '../settings/settings'

/** Names of the keychains; on Linux Electron gives the name. */
const keychains: Record<string, string> = { darwin: 'Keychain', win32: 'DPAPI' }

/**
 * Encrypts keys with the system's keychain. Checks at each use: a keychain may appear or disappear while the app runs.
 *
 * Without a keychain keys are plain text and marked as such. So does Linux's `basic_text`, whose password is public.
 * Use after Electron is ready.
 */
export const keychainBox: SecretBox = {
  store: () =>
    isAvailable() ? { backend: backendName(), encrypted: true } : plainSecretBox.store(),
  encrypt: (plain) =>
    isAvailable() ? safeStorage.encryptString(plain) : plainSecretBox.encrypt(plain),
  decrypt: (encrypted) =>
    isAvailable() ? safeStorage.decryptString(encrypted) : plainSecretBox.decrypt(encrypted),
}

const isAvailable = (): boolean =>
  safeStorage.isEncryptionAvailable() &&
  !(process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text')

const backendName = (): string =>
  keychains[process.platform] ?? safeStorage.getSelectedStorageBackend()
