import { providerId, providerRows } from '../../preload/contract'
import type { SecretName } from '../settings/settings'
import { bucketVariables } from '../uploads/bucket-access'

/** Every secret that a home may hold. */
export const secretNames: readonly SecretName[] = [
  ...providerId.options,
  'bucket-access-key',
  'bucket-secret-key',
]

/** The environment variable that may hold a secret; null for a provider without a key. */
export const secretVariable = (name: SecretName): string | null => {
  if (name === 'bucket-access-key') return bucketVariables.accessKeyId
  if (name === 'bucket-secret-key') return bucketVariables.secretAccessKey
  return providerRows[name].keyVariable
}
