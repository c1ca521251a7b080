import { z } from 'zod'
import { type KeySource, type ProviderId, providerId, type Text } from '../../preload/contract'
import type { Clock } from '../clock'
import { writeAtomically } from '../files/atomic'
import { readIfPresent, setAside, stampOf } from '../files/read'
import { createListeners } from '../listeners'
import type { Log } from '../log'
import type { Keys, SecretBox, SecretName } from './settings'

export interface KeysOptions {
  file: string
  env: NodeJS.ProcessEnv
  box: SecretBox
  /** Environment variable of a secret; null for a provider without a key. */
  variableOf: (name: SecretName) => string | null
  clock: Pick<Clock, 'now'>
  log: Log
  notice: (text: Text) => void
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
type StoredKeys = z.infer<typeof secretsFile>['keys']

/**
 * API keys in a file that only the person may read (0600), or from the environment.
 *
 * The environment has priority over a stored key.
 * A key that cannot be decrypted (another keychain, another user) counts as missing, with a notice.
 */
export const createKeys = (options: KeysOptions): Keys => {
  const { file, box, env } = options
  const listeners = createListeners<void>(options.log)
  const reported = new Set<string>()
  let keys: StoredKeys = {}
  let stamp: string | null = null

  const refresh = (): void => {
    const seen = stampOf(file)
    if (seen === stamp) return
    keys = readKeys(options)
    stamp = seen // only now: a file that could not be read must be read again, not treated as empty
  }

  const write = (next: StoredKeys): void => {
    writeAtomically(file, `${JSON.stringify({ version: 1, keys: next }, null, 2)}\n`)
    keys = next
    stamp = stampOf(file)
    listeners.emit()
  }

  const fromEnvironment = (name: SecretName): string | null => {
    const variable = options.variableOf(name)
    return (variable && env[variable]?.trim()) || null
  }

  const stored = (name: SecretName): string | null => {
    refresh()
    const entry = keys[name]
    if (!entry) return null
    const plain = open(entry, box)
    if (plain === null && !reported.has(`${name}:${entry.storedAt}`)) {
      reported.add(`${name}:${entry.storedAt}`)
      options.log.warn('a stored key cannot be decrypted', {
        provider: name,
        backend: entry.backend,
      })
      options.notice({
        key: 'notice.key_unreadable',
        values: { provider: name, backend: entry.backend },
      })
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
      refresh()
      const { backend, encrypted } = box.store()
      const value = box.encrypt(key.trim()).toString('base64')
      write({ ...keys, [name]: { backend, encrypted, value, storedAt: options.clock.now() } })
    },
    clear: (name) => {
      refresh()
      const { [name]: _cleared, ...rest } = keys
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

const readKeys = ({ file, clock, log, notice }: KeysOptions): StoredKeys => {
  const content = readIfPresent(file)
  if (content === null) return {}
  const parsed = secretsFile.safeParse(parseJson(content))
  if (parsed.success) return parsed.data.keys
  const copy = setAside(file, clock.now())
  log.warn('stored keys could not be read', { copy })
  notice({ key: 'notice.keys_set_aside', values: { file: copy } })
  return {}
}

const parseJson = (content: string): unknown => {
  try {
    return JSON.parse(content)
  } catch {
    return null // refused by the schema
  }
}
