import type { Failure } from '../../preload/contract'
import { type FailureRule, failureOf, plainFailure } from '../providers/failures'
import { networkFailure } from '../providers/http/network-failures'
import type { BucketAccess } from './bucket-access'

/** S3's error codes, and those that other storages have of their own; first fit wins. */
export const bucketFailures: readonly FailureRule[] = [
  { code: 'InvalidAccessKeyId', kind: 'auth', action: 'set-up-bucket', text: 'bucket_keys' },
  { code: 'SignatureDoesNotMatch', kind: 'auth', action: 'set-up-bucket', text: 'bucket_keys' },
  { code: 'InvalidSecurity', kind: 'auth', action: 'set-up-bucket', text: 'bucket_keys' },
  { code: 'Unauthorized', kind: 'auth', action: 'set-up-bucket', text: 'bucket_keys' },
  { code: 'NoSuchBucket', kind: 'auth', action: 'set-up-bucket', text: 'bucket_no-such' },
  { code: 'InvalidBucketName', kind: 'auth', action: 'set-up-bucket', text: 'bucket_no-such' },
  { code: 'PermanentRedirect', kind: 'auth', action: 'set-up-bucket', text: 'bucket_region' },
  { code: 'TemporaryRedirect', kind: 'auth', action: 'set-up-bucket', text: 'bucket_region' },
  {
    code: 'AuthorizationHeaderMalformed',
    kind: 'auth',
    action: 'set-up-bucket',
    text: 'bucket_region',
  },
  { code: 'InvalidRegionName', kind: 'auth', action: 'set-up-bucket', text: 'bucket_region' },
  {
    code: 'SecondLevelDomainForbidden',
    kind: 'auth',
    action: 'set-up-bucket',
    text: 'bucket_style',
  },
  { code: 'RequestTimeTooSkewed', kind: 'local', action: 'try-again', text: 'bucket_clock' },
  { code: 'QuotaExceeded', kind: 'billing', action: 'set-up-bucket', text: 'bucket_full' },
  { code: 'XMinioStorageFull', kind: 'billing', action: 'set-up-bucket', text: 'bucket_full' },
  { code: 'InsufficientStorage', kind: 'billing', action: 'set-up-bucket', text: 'bucket_full' },
  { code: 'UserDisable', kind: 'billing', action: 'top-up', text: 'billing_arrears' },
  { code: 'AllAccessDisabled', kind: 'billing', action: 'top-up', text: 'billing_arrears' },
  { code: 'AccessDenied', kind: 'auth', action: 'set-up-bucket', text: 'bucket_denied' },
  { code: '*', status: 403, kind: 'auth', action: 'set-up-bucket', text: 'bucket_denied' },
  { code: 'SlowDown', kind: 'rate-limit', action: 'wait', text: 'rate_limited' },
  { code: 'BadDigest', kind: 'temporary', action: 'try-again', text: 'temporary_service' },
  { code: 'RequestTimeout', kind: 'temporary', action: 'try-again', text: 'temporary_timeout' },
  { code: '*', status: 301, kind: 'auth', action: 'set-up-bucket', text: 'bucket_region' },
]

/** What the SDK's errors carry; read from outside its classes, because it is loaded only when needed. */
export interface StorageAnswer {
  code: string
  status: number | null
  message: string
  requestId: string | null
}

/** What a storage answered when the SDK rejected; null when nothing was answered. */
export function storageAnswerOf(error: unknown): StorageAnswer | null {
  if (!(error instanceof Error) || !('$metadata' in error)) return null
  const metadata: unknown = error.$metadata
  const said = typeof metadata === 'object' && metadata !== null ? metadata : {}
  const status = 'httpStatusCode' in said ? Number(said.httpStatusCode) : Number.NaN
  if (Number.isNaN(status)) return null
  const requestId = 'requestId' in said && said.requestId ? String(said.requestId) : null
  return { code: error.name, status, message: error.message, requestId }
}

/** The host that a bucket is reached at, for a person. */
export const hostOf = ({ settings }: Pick<BucketAccess, 'settings'>): string =>
  settings.endpoint === null
    ? `s3.${settings.region}.amazonaws.com`
    : new URL(settings.endpoint).host

/** What went wrong at the bucket, in words for a person; `name` is the file's. */
export function bucketFailure(
  error: unknown,
  access: Pick<BucketAccess, 'settings'>,
  name: string,
): Failure {
  const host = hostOf(access)
  const answer = storageAnswerOf(error)
  if (!answer) return networkFailure(error, host)
  const said = {
    code: answer.code,
    message: answer.message,
    requestId: answer.requestId,
    httpStatus: answer.status,
  }
  const known = failureOf(said, bucketFailures, host)
  const values = { ...known.text.values, bucket: access.settings.bucket, name }
  if (known.text.key.startsWith('failure.input_') || known.kind === 'unknown') {
    return { ...plainFailure('unknown', 'set-up-bucket', 'bucket_refused', values), provider: said }
  }
  return { ...known, text: { ...known.text, values } }
}
