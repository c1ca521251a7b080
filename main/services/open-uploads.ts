import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock'
import type { Home } from '../home'
import type { Keys, SettingsStore } from '../settings/settings'
import { type Bucket, createBucket } from '../uploads/bucket'
import { bucketState } from '../uploads/bucket-access'
import { createUploadMemory } from '../uploads/upload-memory'
import { createUploads, type Uploads } from '../uploads/uploads'

export interface OpenUploadsOptions {
  home: Pick<Home, 'uploads'>
  env: Readonly<Record<string, string | undefined>>
  settings: Pick<SettingsStore, 'get'>
  keys: Pick<Keys, 'get'>
  clock: Clock
}

/** Opens the uploads: to the provider's own storage, else to the person's bucket. */
export const openUploads = (options: OpenUploadsOptions): { uploads: Uploads; bucket: Bucket } => {
  const { env, settings, keys } = options
  const bucket = createBucket({
    state: () =>
      bucketState({
        env,
        settings: settings.get().bucket,
        keys: {
          accessKeyId: keys.get('bucket-access-key'),
          secretAccessKey: keys.get('bucket-secret-key'),
        },
      }),
    memory: createUploadMemory(options.home.uploads),
    clock: options.clock,
    unique: () => randomBytes(16).toString('hex'),
  })
  return { uploads: createUploads([bucket]), bucket }
}
