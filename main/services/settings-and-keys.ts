import type { Text } from '../../preload/contract'
import type { Clock } from '../clock'
import type { Log } from '../log'
import { providerRows } from '../providers/provider-rows'
import { createKeys, defaultProvider } from '../settings/keys'
import { localeOf } from '../settings/language'
import type { Keys, SecretName } from '../settings/settings'
import { createSettingsStore, type OpenSettingsStore } from '../settings/settings-store'
import { bucketVariables } from '../uploads/bucket-access'
import type { ServicesOptions } from './types'

export interface SettingsAndKeysOptions
  extends Pick<ServicesOptions, 'home' | 'env' | 'secretBox' | 'locale'> {
  clock: Clock
  log: Log
  notice: (text: Text) => void
}

/** The environment variable that may hold a secret. */
const variableOf = (name: SecretName): string | null => {
  if (name === 'bucket-access-key') return bucketVariables.accessKeyId
  if (name === 'bucket-secret-key') return bucketVariables.secretAccessKey
  return providerRows[name].keyVariable
}

/** Settings and keys. They depend on each other: the default provider is the first one with a key. */
export const createSettingsAndKeys = (
  options: SettingsAndKeysOptions,
): { settings: OpenSettingsStore; keys: Keys } => {
  const { home, env, clock, log, notice } = options
  const keys = createKeys({
    file: home.secrets,
    env,
    box: options.secretBox,
    variableOf,
    clock,
    log,
    notice,
  })
  const providers = Object.values(providerRows).map(({ id }) => id)
  const settings = createSettingsStore({
    file: home.settings,
    locale: options.locale ?? (() => localeOf(env)),
    defaultProvider: () => defaultProvider(providers, keys.source),
    clock,
    log,
    notice,
  })
  keys.onChange(settings.announce)
  return { settings, keys }
}
