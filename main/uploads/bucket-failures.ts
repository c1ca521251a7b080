import type { Failure } from '../../preload/contract'
import { PortalError } from '../network/portal'
import {
  type FailureRule,
  failureOf,
  type ProviderAnswer,
  plainFailure,
} from '../providers/failures'
import { networkFailure } from '../providers/http/network-failures'
import type { BucketAccess } from './bucket-access'

/** S3's error codes and those of other storages; the first match wins. */
const bucketFailures: readonly FailureRule[] = [
  {
    code: ['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidSecurity', 'Unauthorized'],
    text: 'bucket_keys',
  },
  { code: ['NoSuchBucket', 'InvalidBucketName'], text: 'bucket_no-such' },
  {
    code: [
      'PermanentRedirect',
      'TemporaryRedirect',
      'AuthorizationHeaderMalformed',
      'InvalidRegionName',
    ],
    text: 'bucket_region',
  },
  { code: 'SecondLevelDomainForbidden', text: 'bucket_style' },
  { code: 'RequestTimeTooSkewed', text: 'bucket_clock' },
  { code: ['QuotaExceeded', 'XMinioStorageFull', 'InsufficientStorage'], text: 'bucket_full' },
  { code: ['UserDisable', 'AllAccessDisabled'], text: 'billing_arrears' },
  { code: 'AccessDenied', text: 'bucket_denied' },
  { code: '*', status: 403, text: 'bucket_denied' },
  { code: 'SlowDown', text: 'rate_limited' },
  { code: 'BadDigest', text: 'temporary_service' },
  { code: 'RequestTimeout', text: 'temporary_timeout' },
  { code: '*', status: 301, text: 'bucket_region' },
]

/** The storage's answer inside an error of the SDK; null without one. The SDK's classes are loaded only when needed. */
const answerIn = (error: unknown): ProviderAnswer | null => {
  if (!(error instanceof Error) || !('$metadata' in error)) return null
  const metadata: unknown = error.$metadata
  const said = typeof metadata === 'object' && metadata !== null ? metadata : {}
  const httpStatus = 'httpStatusCode' in said ? Number(said.httpStatusCode) : Number.NaN
  if (Number.isNaN(httpStatus)) return null
  const requestId = 'requestId' in said && said.requestId ? String(said.requestId) : null
  return { code: error.name, message: error.message, requestId, httpStatus }
}

/** The failure behind an error of a bucket; `name` is the file's. */
export const bucketFailure = (
  error: unknown,
  { settings: { endpoint, region, bucket } }: Pick<BucketAccess, 'settings'>,
  name: string,
): Failure => {
  const host = endpoint === null ? `s3.${region}.amazonaws.com` : new URL(endpoint).host
  const answer = answerIn(error)
  // An answer of success that is no answer of S3.
  if (answer && (answer.httpStatus ?? 0) < 300) return networkFailure(new PortalError(), host)
  if (!answer) return networkFailure(error, host)
  const known = failureOf(answer, bucketFailures, host)
  const values = { ...known.text.values, bucket, name }
  if (known.text.key.startsWith('failure.input_') || known.kind === 'unknown') {
    return plainFailure('bucket_refused', values, { provider: answer })
  }
  return { ...known, text: { ...known.text, values } }
}
