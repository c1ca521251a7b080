import type { BucketView, Text } from '../../../preload/contract'
import { ProviderError } from '../../providers/provider'
import type { Group, HandlerContext } from './context'

/** Milliseconds that a provider may take to answer a test or a query of the balance. */
const testLimit = 20_000

export const providerHandlers = ({ services }: HandlerContext): Group<'providers'> => ({
  list: async () => services.providers.describe(),
  test: async ({ id }) => {
    try {
      const provider = await services.providers.get(id)
      await provider.test({ signal: AbortSignal.timeout(testLimit) })
      services.forgetRefusals(id)
      const key = provider.row.keyVariable === null ? 'shell.key.works' : 'shell.key.accepted'
      return { ok: true, text: sentence(key, { provider: provider.row.name }) }
    } catch (error) {
      if (error instanceof ProviderError) {
        const { text, action } = error.failure
        return { ok: false, text, action }
      }
      if (error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name))
        return { ok: false, text: sentence('shell.key.noAnswer', { seconds: testLimit / 1000 }) }
      throw error
    }
  },
  balance: async ({ id }) => {
    const provider = await services.providers.get(id)
    return (await provider.balance?.({ signal: AbortSignal.timeout(testLimit) })) ?? null
  },
  tryRegion: async ({ id }) => ({ id: await services.keyRegion(id) }),
  setKey: async ({ id, key }) => {
    services.keys.set(id, key)
    services.forgetRefusals(id)
  },
  clearKey: async ({ id }) => services.keys.clear(id),
})

const sentence = (key: string, values: Text['values']): Text => ({ key, values })

/** Milliseconds that a test of the bucket may take. */
const bucketTestLimit = 60_000

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
    test: async () => bucket.test(AbortSignal.timeout(bucketTestLimit)),
  }
}
