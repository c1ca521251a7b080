import { z } from 'zod'
import { bucketDefaults, bucketPattern, longest, prefixPattern } from './bounds'
import { failure } from './failure'
import { keySource } from './provider'

/** The person's own bucket at any S3-compatible storage. Its keys are stored with the other secrets. */
export const bucketSettings = z.object({
  /** URL of the storage; null for AWS, whose URL follows from the region. */
  endpoint: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .nullable()
    .default(null),
  region: z.string().trim().min(1).max(longest.region).default(bucketDefaults.region),
  bucket: z.string().trim().regex(bucketPattern),
  /** Prefix of every object's name, for lifecycle rules. */
  prefix: z.string().regex(prefixPattern).default(bucketDefaults.prefix),
  /** Whether the bucket's name is part of the path, not the host; null decides by the endpoint. */
  pathStyle: z.boolean().nullable().default(null),
})
export type BucketSettings = z.infer<typeof bucketSettings>

/** The bucket for the window; its keys stay in main. */
export const bucketView = z.object({
  /** The bucket in Settings; null for none. The environment may override it. */
  settings: bucketSettings.nullable(),
  accessKey: keySource,
  secretKey: keySource,
  /** Names of the environment variables that configure the bucket; they override Settings. */
  environment: z.array(z.string()),
  /** The bucket in use, from both; null when incomplete. */
  inUse: bucketSettings.nullable(),
  /** Whether bucket and keys are complete. */
  isReady: z.boolean(),
})
export type BucketView = z.infer<typeof bucketView>

/** The result of a test: success, or the step that failed. */
export const bucketTest = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    /** True when the address is local to this network, so that no provider can read it. */
    isPrivate: z.boolean(),
  }),
  z.object({ ok: z.literal(false), step: z.enum(['write', 'read', 'delete']), failure }),
])
export type BucketTest = z.infer<typeof bucketTest>
