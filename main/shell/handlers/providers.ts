import type { Text } from '../../../preload/contract'
import { ProviderError } from '../../providers/provider'
import type { HandlerContext } from './context'
import type { Group } from './group'

/** Milliseconds a provider may take to say whether a key is good. */
const testLimit = 20_000

export const providerHandlers = ({ services }: HandlerContext): Group<'providers'> => ({
  list: async () => services.providers.describe(),
  test: async ({ id }) => {
    try {
      const provider = await services.providers.get(id)
      await provider.test({ signal: AbortSignal.timeout(testLimit) })
      services.forgetRefusals(id)
      const answer = provider.row.keyVariable === null ? 'shell.key.works' : 'shell.key.accepted'
      return { ok: true, text: said(answer, { provider: provider.row.name }) }
    } catch (error) {
      if (error instanceof ProviderError) {
        const { text, action } = error.failure
        return { ok: false, text, action }
      }
      if (error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name))
        return { ok: false, text: said('shell.key.noAnswer', { seconds: testLimit / 1000 }) }
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

const said = (key: string, values: Text['values']): Text => ({ key, values })
