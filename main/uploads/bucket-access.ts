import { type BucketSettings, bucketSettings } from '../../preload/contract'

/** The settings and keys of a bucket. The keys are never logged and never leave the main process. */
export interface BucketAccess {
  settings: BucketSettings
  accessKeyId: string
  secretAccessKey: string
}

/** A bucket that can be used, no bucket, or an incomplete one. */
export type BucketState =
  | { kind: 'none' }
  | { kind: 'ready'; access: BucketAccess }
  /** Names of the missing or invalid fields. */
  | { kind: 'incomplete'; missing: string[] }

/** The environment variables of a bucket. */
export const bucketVariables = {
  endpoint: 'RESHOOT_S3_ENDPOINT',
  region: 'RESHOOT_S3_REGION',
  bucket: 'RESHOOT_S3_BUCKET',
  accessKeyId: 'RESHOOT_S3_ACCESS_KEY',
  secretAccessKey: 'RESHOOT_S3_SECRET_KEY',
} as const

/** The variables of a bucket that are set. */
export const bucketVariablesSet = (
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] => Object.values(bucketVariables).filter((variable) => env[variable]?.trim())

export interface BucketSources {
  env: Readonly<Record<string, string | undefined>>
  /** The stored settings; null for none. */
  settings: BucketSettings | null
  keys: { accessKeyId: string | null; secretAccessKey: string | null }
}

/** The bucket in use. Environment variables win over stored settings, as they do for keys. */
export const bucketState = ({ env, settings, keys }: BucketSources): BucketState => {
  const fromEnv = (name: keyof typeof bucketVariables) => env[bucketVariables[name]]?.trim() || null
  const accessKeyId = fromEnv('accessKeyId') ?? keys.accessKeyId
  const secretAccessKey = fromEnv('secretAccessKey') ?? keys.secretAccessKey
  const bucket = fromEnv('bucket') ?? settings?.bucket ?? null
  if (bucket === null) {
    return bucketVariablesSet(env).length > 0
      ? { kind: 'incomplete', missing: [bucketVariables.bucket] }
      : { kind: 'none' }
  }
  const parsed = bucketSettings.safeParse({
    ...settings,
    bucket,
    endpoint: fromEnv('endpoint') ?? settings?.endpoint,
    region: fromEnv('region') ?? settings?.region,
  })
  const missing = [
    ...(parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path[0] ?? 'bucket'))),
    ...(accessKeyId ? [] : ['access key']),
    ...(secretAccessKey ? [] : ['secret key']),
  ]
  return parsed.success && accessKeyId && secretAccessKey
    ? { kind: 'ready', access: { settings: parsed.data, accessKeyId, secretAccessKey } }
    : { kind: 'incomplete', missing: [...new Set(missing)] }
}

/** Storages that expect the bucket's name in the host; all others expect it in the path. */
const virtualHosted = /(^|\.)(amazonaws\.com(\.cn)?|aliyuncs\.com|myqcloud\.com|volces\.com)$/

/** Whether the bucket's name goes into the path: as set, else as the storage at this endpoint expects it. */
export const usesPathStyle = ({ endpoint, pathStyle }: BucketSettings): boolean =>
  pathStyle ?? (endpoint !== null && !virtualHosted.test(new URL(endpoint).hostname))
