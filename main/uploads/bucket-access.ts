import { type BucketSettings, bucketSettings } from '../../preload/contract'

/** Everything that reaching a bucket needs. The secret is never logged and never leaves main. */
export interface BucketAccess {
  settings: BucketSettings
  accessKeyId: string
  secretAccessKey: string
}

/** A bucket that can be used, none at all, or one that something is missing of. */
export type BucketState =
  | { kind: 'none' }
  | { kind: 'ready'; access: BucketAccess }
  /** Names of what is missing or cannot be used. */
  | { kind: 'incomplete'; missing: string[] }

/** What the environment says of a bucket: `RESHOOT_S3_*`. */
export const bucketVariables = {
  endpoint: 'RESHOOT_S3_ENDPOINT',
  region: 'RESHOOT_S3_REGION',
  bucket: 'RESHOOT_S3_BUCKET',
  accessKeyId: 'RESHOOT_S3_ACCESS_KEY',
  secretAccessKey: 'RESHOOT_S3_SECRET_KEY',
} as const

/** Which of them say something. */
export const bucketVariablesSet = (
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] => Object.values(bucketVariables).filter((variable) => env[variable]?.trim())

export interface BucketSources {
  env: Readonly<Record<string, string | undefined>>
  /** What the person has set; null for none. */
  settings: BucketSettings | null
  keys: { accessKeyId: string | null; secretAccessKey: string | null }
}

/**
 * The bucket in use. The environment wins, as it does for keys: it is what somebody said for this very run.
 */
export function bucketState({ env, settings, keys }: BucketSources): BucketState {
  const said = (name: keyof typeof bucketVariables) => env[bucketVariables[name]]?.trim() || null
  const accessKeyId = said('accessKeyId') ?? keys.accessKeyId
  const secretAccessKey = said('secretAccessKey') ?? keys.secretAccessKey
  const bucket = said('bucket') ?? settings?.bucket ?? null
  if (bucket === null) {
    return bucketVariablesSet(env).length > 0
      ? { kind: 'incomplete', missing: [bucketVariables.bucket] }
      : { kind: 'none' }
  }
  const parsed = bucketSettings.safeParse({
    ...settings,
    bucket,
    ...(said('endpoint') === null ? {} : { endpoint: said('endpoint') }),
    ...(said('region') === null ? {} : { region: said('region') }),
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

/** Storages that want the bucket's name in the host; all others take it in the path. */
const wantsHost = /(^|\.)(amazonaws\.com(\.cn)?|aliyuncs\.com|myqcloud\.com|volces\.com)$/

/** Whether the bucket's name goes into the path: as set, else by what the storage at this endpoint takes. */
export const usesPathStyle = ({ endpoint, pathStyle }: BucketSettings): boolean =>
  pathStyle ?? (endpoint !== null && !wantsHost.test(new URL(endpoint).hostname))
