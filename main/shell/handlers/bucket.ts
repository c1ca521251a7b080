import type { BucketView } from '../../../preload/contract'
import type { HandlerContext } from './context'
import type { Group } from './group'

/** Milliseconds that a whole test of the bucket may take. */
const testLimit = 60_000

export const bucketHandlers = ({ services }: HandlerContext): Group<'bucket'> => {
  const { settings, keys, bucket } = services
  const view = async (): Promise<BucketView> => ({
    settings: settings.get().bucket,
    accessKey: keys.source('bucket-access-key'),
    secretKey: keys.source('bucket-secret-key'),
    environment: [...bucket.environment],
    inUse: bucket.inUse(),
    isReady: bucket.isReady(),
  })
  return {
    get: view,
    set: async ({ settings: chosen, accessKeyId, secretAccessKey }) => {
      if (chosen !== undefined) settings.set({ bucket: chosen })
      if (accessKeyId !== undefined) keys.set('bucket-access-key', accessKeyId)
      if (secretAccessKey !== undefined) keys.set('bucket-secret-key', secretAccessKey)
      return view()
    },
    clear: async () => {
      settings.set({ bucket: null })
      keys.clear('bucket-access-key')
      keys.clear('bucket-secret-key')
      return view()
    },
    test: async () => bucket.test(AbortSignal.timeout(testLimit)),
  }
}
