import type { BucketSettings, BucketTest, BucketView } from '../../../preload/contract'
import {
  bucketDefaults,
  bucketPattern,
  longest,
  prefixPattern,
} from '../../../preload/contract/bounds'

export type BucketField = 'bucket' | 'endpoint' | 'region' | 'prefix' | 'accessKey' | 'secretKey'

/** The values of the bucket's form; an empty key keeps the stored one. */
export interface BucketForm extends Record<BucketField, string> {
  addressing: 'auto' | 'host' | 'path'
}

const addressingOf = ({ pathStyle }: BucketSettings): BucketForm['addressing'] => {
  if (pathStyle === null) return 'auto'
  return pathStyle ? 'path' : 'host'
}

/** The form with the stored settings, or with defaults that suit most storages. Keys are always empty. */
export const formOf = (settings: BucketSettings | null): BucketForm => ({
  bucket: settings?.bucket ?? '',
  endpoint: settings?.endpoint ?? '',
  region: settings?.region ?? bucketDefaults.region,
  prefix: settings?.prefix ?? bucketDefaults.prefix,
  addressing: settings ? addressingOf(settings) : 'auto',
  accessKey: '',
  secretKey: '',
})

const isWebAddress = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && ['http:', 'https:'].includes(url.protocol) && url.hostname !== ''
}

/** Whether only keys are asked for: the environment sets the bucket and the settings do not. */
export const asksKeysOnly = ({
  settings,
  environment,
}: Pick<BucketView, 'settings' | 'environment'>): boolean =>
  settings === null && environment.includes('RESHOOT_S3_BUCKET')

/** The fields that main would refuse (see the contract's `bucketSettings`), and keys that are missing. */
export const problemsOf = (
  form: BucketForm,
  keys: Pick<BucketView, 'accessKey' | 'secretKey'>,
  keysOnly = false,
): BucketField[] => {
  const isFine: Record<BucketField, boolean> = {
    bucket: bucketPattern.test(form.bucket.trim()),
    endpoint: form.endpoint.trim() === '' || isWebAddress(form.endpoint.trim()),
    region: form.region.trim().length >= 1 && form.region.trim().length <= longest.region,
    prefix: prefixPattern.test(form.prefix),
    accessKey: keys.accessKey !== 'none' || form.accessKey.trim() !== '',
    secretKey: keys.secretKey !== 'none' || form.secretKey.trim() !== '',
  }
  const fields = keysOnly ? (['accessKey', 'secretKey'] as const) : Object.keys(isFine)
  return (fields as BucketField[]).filter((field) => !isFine[field])
}

/** The change to save. */
export const changeOf = (form: BucketForm, keysOnly = false) => {
  const [accessKey, secretKey] = [form.accessKey.trim(), form.secretKey.trim()]
  const settings: BucketSettings = {
    bucket: form.bucket.trim(),
    endpoint: form.endpoint.trim() || null,
    region: form.region.trim(),
    prefix: form.prefix,
    pathStyle: form.addressing === 'auto' ? null : form.addressing === 'path',
  }
  return {
    ...(keysOnly ? {} : { settings }),
    ...(accessKey ? { accessKeyId: accessKey } : {}),
    ...(secretKey ? { secretAccessKey: secretKey } : {}),
  }
}

/** The host of a bucket, for display. */
export const hostOf = ({ endpoint, region }: BucketSettings): string =>
  (endpoint === null ? null : URL.parse(endpoint)?.host) ?? `s3.${region}.amazonaws.com`

const steps = ['write', 'read', 'delete'] as const

/** The outcome of each step of a test; steps after the failed one are skipped. */
export const stepsOf = (test: BucketTest) => {
  const failed = test.ok ? steps.length : steps.indexOf(test.step)
  return steps.map((step, index) => {
    if (index < failed) return { step, outcome: 'pass' } as const
    return { step, outcome: index === failed ? 'fail' : 'skipped' } as const
  })
}
