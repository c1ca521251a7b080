import type { SecretBox } from './settings'

/** Name under which keys kept as plain text are shown. */
export const plainBackend = 'plain text'

/** For runtimes without a keychain: keeps keys as they are, and says so. */
export const plainSecretBox: SecretBox = {
  store: () => ({ backend: plainBackend, encrypted: false }),
  encrypt: (plain) => Buffer.from(plain, 'utf8'),
  decrypt: (encrypted) => encrypted.toString('utf8'),
}
