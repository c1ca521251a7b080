import { providerRows, type Text } from '../../preload/contract'
import type { Clock } from '../clock'
import type { Log } from '../log'
import { defaultProvider } from '../settings/default-provider'
import { createKeys } from '../settings/keys'
import { localeOf } from '../settings/language'
import type { Keys, SecretName } from '../settings/settings'
import { createSettingsStore, type OpenSettingsStore } from '../settings/settings-store'
import { bucketVariables } from '../uploads/bucket-access'
import type { ServicesOptions } from './types'

export interface OpenSettingsOptions
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

/** Settings and keys: which provider is the default depends on which keys there are. */
export const openSettings = (
  options: OpenSettingsOptions,
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
  const built = Object.values(providerRows).map(({ id }) => id)
  const settings = createSettingsStore({
    file: home.settings,
    locale: options.locale ?? (() => localeOf(env)),
    defaultProvider: () => defaultProvider(built, keys.source),
    clock,
    log,
    notice,
  })
  keys.onChange(settings.announce)
  return { settings, keys }
}
