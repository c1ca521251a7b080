import { safeStorage } from 'electron'
import { plainSecretBox } from '../settings/plain-secret-box'
import type { SecretBox } from '../settings/settings'

/** Names of the keychains that are not on Linux, where Electron says it itself. */
const keychains: Record<string, string> = { darwin: 'Keychain', win32: 'DPAPI' }

/**
 * Keys kept by the system's keychain. Asked at each use: a keychain may be unlocked, or go away, while the app runs.
 *
 * Where there is none, Linux's `basic_text` included, keys are kept as plain text and named as such: encryption with a
 * password that everybody knows would only look safe. Use after Electron is ready.
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
