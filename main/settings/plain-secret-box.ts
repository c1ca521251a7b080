import type { SecretBox } from './settings'

/** The backend name of keys kept as plain text. */
const plainBackend = 'plain text'

/** For runtimes without a keychain: keeps keys as plain text. */
export const plainSecretBox: SecretBox = {
  store: () => ({ backend: plainBackend, encrypted: false }),
  encrypt: (plain) => Buffer.from(plain, 'utf8'),
  decrypt: (encrypted) => encrypted.toString('utf8'),
}
