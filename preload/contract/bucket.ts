import { z } from 'zod'
import { failure } from './failure'
import { keySource } from './provider'

/**
 * A bucket of the person's own, at any storage that speaks S3. Its keys are kept apart, with the other secrets.
 */
export const bucketSettings = z.object({
  /** Address of the storage; null is AWS, whose address follows from the region. */
  endpoint: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  region: z.string().trim().min(1).max(64).default('us-east-1'),
  /** By S3's naming rules, and the looser ones of some storages. */
  bucket: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/),
  /** Put before every object's name, so that a lifecycle rule can be made for it. */
  prefix: z
    .string()
    .regex(/^[\x21-\x7e]*$/)
    .max(512)
    .default('reshoot/'),
  /** Whether the bucket's name goes into the path, not the host; null decides by the endpoint. */
  pathStyle: z.boolean().nullable().default(null),
})
export type BucketSettings = z.infer<typeof bucketSettings>

/** The bucket as the window sees it: its keys stay in main. */
export const bucketView = z.object({
  /** As the person has set it; null for none. The environment may name another. */
  settings: bucketSettings.nullable(),
  accessKey: keySource,
  secretKey: keySource,
  /** Names of the environment variables that say something of the bucket: they win over what was set. */
  environment: z.array(z.string()),
  /** The bucket in use, from both; null where something is missing. */
  inUse: bucketSettings.nullable(),
  /** Whether all is there that using it needs. */
  isReady: z.boolean(),
})
export type BucketView = z.infer<typeof bucketView>

/** What a test of the connection found: every step went well, or which one did not. */
export const bucketTest = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    /** True where the address is one that only this network has, so that no service can read it. */
    isPrivate: z.boolean(),
  }),
  z.object({ ok: z.literal(false), step: z.enum(['write', 'read', 'delete']), failure }),
])
export type BucketTest = z.infer<typeof bucketTest>
