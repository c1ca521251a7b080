import { z } from 'zod'
import { type KeySource, type ProviderId, providerId } from '../../preload/contract'
import { createListeners } from '../listeners'
import type { Keys, SecretBox, SecretName } from './settings'
import { createSharedFile, type SharedFileOptions } from './shared-file'

interface KeysOptions extends SharedFileOptions {
  env: NodeJS.ProcessEnv
  box: SecretBox
  /** Environment variable of a secret; null for a provider without a key. */
  variableOf: (name: SecretName) => string | null
}

/** The provider while the person has chosen none: the first one with a key, else the Sandbox. */
export const defaultProvider = (
  providers: readonly ProviderId[],
  sourceOf: (provider: ProviderId) => KeySource,
): ProviderId =>
  providers.find((provider) => ['stored', 'environment'].includes(sourceOf(provider))) ?? 'sandbox'

/** One stored key; `value` is base64 of what the backend encrypted. */
const storedKey = z.object({
  backend: z.string(),
  encrypted: z.boolean(),
  value: z.base64(),
  storedAt: z.number(),
})
type StoredKey = z.infer<typeof storedKey>

const secretName = z.enum([...providerId.options, 'bucket-access-key', 'bucket-secret-key'])

const secretsFile = z.object({
  version: z.literal(1),
  keys: z.partialRecord(secretName, storedKey),
})
type SecretsFile = z.infer<typeof secretsFile>

const noSecrets: SecretsFile = { version: 1, keys: {} }

/**
 * API keys in a file that only the person may read (0600), or from the environment.
 *
 * The environment has priority over a stored key.
 * A key that cannot be decrypted (another keychain, another user) counts as missing, with a notice.
 */
export const createKeys = (options: KeysOptions): Keys => {
  const { box, env } = options
  const listeners = createListeners<void>(options.log)
  const reported = new Set<string>()
  const secrets = createSharedFile(options, 'notice.keys_set_aside', noSecrets, (stored) => {
    const parsed = secretsFile.safeParse(stored)
    return parsed.success ? { value: parsed.data, broken: [] } : { value: noSecrets, broken: ['*'] }
  })

  const write = (keys: SecretsFile['keys']): void => {
    secrets.set({ version: 1, keys })
    listeners.emit()
  }

  const fromEnvironment = (name: SecretName): string | null => {
    const variable = options.variableOf(name)
    return (variable && env[variable]?.trim()) || null
  }

  const stored = (name: SecretName): string | null => {
    const entry = secrets.get().keys[name]
    if (!entry) return null
    const plain = open(entry, box)
    if (plain === null && !reported.has(`${name}:${entry.storedAt}`)) {
      reported.add(`${name}:${entry.storedAt}`)
      const values = { provider: name, backend: entry.backend }
      options.log.warn('a stored key cannot be decrypted', values)
      options.notice?.({ key: 'notice.key_unreadable', values })
    }
    return plain
  }

  return {
    source: (name): KeySource => {
      if (options.variableOf(name) === null) return 'not-needed'
      if (fromEnvironment(name) !== null) return 'environment'
      return stored(name) === null ? 'none' : 'stored'
    },
    get: (name) => fromEnvironment(name) ?? stored(name),
    set: (name, key) => {
      const { backend, encrypted } = box.store()
      const value = box.encrypt(key.trim()).toString('base64')
      const entry = { backend, encrypted, value, storedAt: options.clock.now() }
      write({ ...secrets.get().keys, [name]: entry })
    },
    clear: (name) => {
      const { [name]: _cleared, ...rest } = secrets.get().keys
      write(rest)
    },
    store: () => box.store(),
    onChange: listeners.subscribe,
  }
}

/** The key; null when this box cannot decrypt it. Any box reads plain text. */
const open = (entry: StoredKey, box: SecretBox): string | null => {
  const bytes = Buffer.from(entry.value, 'base64')
  if (!entry.encrypted) return bytes.toString('utf8')
  if (!box.store().encrypted) return null
  try {
    return box.decrypt(bytes)
  } catch {
    return null // the error is dropped: it may quote the secret
  }
}
