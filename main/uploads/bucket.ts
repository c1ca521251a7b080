import type { BucketSettings, BucketTest } from '../../preload/contract'
import type { Clock } from '../clock'
import type { Fetch } from '../network/fetch'
import type { Network } from '../network/network'
import { plainFailure } from '../providers/failures'
import { type Call, type LocalFile, type Provider, ProviderError } from '../providers/provider'
import type { BucketAccess, BucketState } from './bucket-access'
import { type BucketObjects, openBucket } from './bucket-objects'
import { testBucket } from './bucket-test'
import { createBucketUpload } from './bucket-upload'
import type { UploadMemory } from './upload-memory'
import type { Uploaded } from './uploads'

export interface BucketOptions {
  /** Called at each use, because a bucket may be set up while the app runs. */
  state: () => BucketState
  memory: UploadMemory
  clock: Clock
  unique: () => string
  /** How requests leave the computer. */
  network: Network
  fetch: Fetch
  open?: (access: BucketAccess) => BucketObjects
  partBytes?: number
}

/** The person's own bucket, for services that accept only URLs. */
export type Bucket = ReturnType<typeof createBucket>

/** Seconds: a task may wait long, and services read the file again with each attempt. */
const presignedLife = 48 * 3600

const unusable = (state: Exclude<BucketState, { kind: 'ready' }>, file: string, provider: string) =>
  new ProviderError(
    state.kind === 'none'
      ? plainFailure('bucket_missing', { provider, name: file })
      : plainFailure('bucket_incomplete', { missing: state.missing.join(', ') }),
    'no',
  )

export const createBucket = (options: BucketOptions) => {
  const { memory, clock } = options
  const open = options.open ?? ((access) => openBucket(access, options.network))
  let current: {
    name: string
    objects: BucketObjects
    upload: ReturnType<typeof createBucketUpload>
  } | null = null

  /** The bucket with its present settings; opened again after they changed. */
  const ready = (state: Extract<BucketState, { kind: 'ready' }>) => {
    const name = JSON.stringify(state.access)
    if (current?.name === name) return current
    current?.objects.close()
    const objects = open(state.access)
    const upload = createBucketUpload({ ...options, access: state.access, objects })
    current = { name, objects, upload }
    return current
  }

  const put = async (file: LocalFile, provider: Provider, call: Call): Promise<string> => {
    const state = options.state()
    if (state.kind !== 'ready') throw unusable(state, file.name, provider.row.name)
    const { upload, objects } = ready(state)
    return objects.presign(await upload.put(file, call), presignedLife)
  }

  /** The object's key in an address of this bucket; null for any other address. */
  const keyOf = async (url: string, objects: BucketObjects, prefix: string) => {
    const parsed = URL.parse(url)
    if (!parsed) return null
    const root = new URL(await objects.presign('-', 60))
    const folder = root.pathname.slice(0, -1)
    if (parsed.origin !== root.origin || !parsed.pathname.startsWith(folder)) return null
    const key = decodeURIComponent(parsed.pathname.slice(folder.length))
    return key.length > prefix.length && key.startsWith(prefix) ? key : null
  }

  return {
    /** Whether the bucket is set up completely. */
    isReady: (): boolean => options.state().kind === 'ready',
    /** The settings of the bucket; null while it is not set up completely. */
    inUse: (): BucketSettings | null => {
      const state = options.state()
      return state.kind === 'ready' ? state.access.settings : null
    },
    uploadFor: (provider: Provider) => (file: LocalFile, call: Call) => put(file, provider, call),
    /** Writes a small object, reads it by a presigned address, and deletes it. */
    test: async (signal: AbortSignal): Promise<BucketTest> => {
      const state = options.state()
      if (state.kind !== 'ready') {
        return { ok: false, step: 'write', failure: unusable(state, '', '').failure }
      }
      const { objects } = ready(state)
      return testBucket(state.access, objects, options, signal)
    },
    /** Deletes the objects behind these addresses, and the parts of unfinished uploads of these files. */
    release: async ({ urls, paths }: Uploaded, signal: AbortSignal): Promise<void> => {
      const state = options.state()
      if (state.kind === 'none') return
      // Its keys are missing in this process: another one deletes the objects.
      if (state.kind !== 'ready') throw unusable(state, '', '')
      const { objects, upload } = ready(state)
      for (const unfinished of await memory.all()) {
        // A whole object may belong to another job with the same file.
        if (unfinished.uploadId !== null && paths.includes(unfinished.path))
          await upload.abandon(unfinished)
      }
      for (const url of urls) {
        const key = await keyOf(url, objects, state.access.settings.prefix)
        if (key !== null) await upload.remove(key, signal)
      }
    },
    /** Deletes what a killed process left: objects that no job got to know, parts that nobody completes. */
    removeOld: async (): Promise<void> => {
      const state = options.state()
      if (state.kind !== 'ready') return
      for (const unfinished of await memory.all())
        if (clock.now() - unfinished.startedAt > presignedLife * 1000)
          await ready(state).upload.abandon(unfinished)
    },
    close: (): void => {
      current?.objects.close()
      current = null
    },
  }
}
