import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProviderDescription, ProviderId } from '../../preload/contract'
import { client, keys, useCall } from './client'
import { renewChecks } from './draft-checks'
import { moveDrafts } from './draft-store'
import { answered } from './failures'

const list = { queryKey: keys.providers, queryFn: () => answered(window.reshoot.providers.list()) }

export const useProviders = () => useQuery(list)

export const useProvider = (id: ProviderId | undefined): ProviderDescription | undefined =>
  useQuery({ ...list, select: (providers) => providers.find((one) => one.id === id) }).data

/**
 * The name of a provider beside a job or a result; the Sandbox's name includes that it is no AI.
 * The short form leaves that out, for places where the long form is close by.
 */
export const useProviderName = () => {
  const { t } = useTranslation()
  const { data } = useProviders()
  return useCallback(
    (id: ProviderId, form: 'long' | 'short' = 'long'): string =>
      id === 'sandbox'
        ? t(form === 'long' ? 'library.sandbox' : 'library.sandboxShort')
        : (data?.find((provider) => provider.id === id)?.name ?? id),
    [t, data],
  )
}

/** Fetches everything that depends on which keys there are. */
const refresh = async () => {
  await client.invalidateQueries({ queryKey: keys.providers })
  await client.invalidateQueries({ queryKey: keys.settings })
  renewChecks()
}

/** Milliseconds for which a balance is not asked for again. */
const balanceLife = 5 * 60_000

/** The account's balance; fetched when it is first shown and on request. */
export const useBalance = (provider: Pick<ProviderDescription, 'id' | 'key' | 'tellsBalance'>) =>
  useQuery({
    queryKey: keys.balance(provider.id),
    queryFn: () => answered(window.reshoot.providers.balance({ id: provider.id })),
    enabled: provider.tellsBalance === true && provider.key !== 'none',
    staleTime: balanceLife,
    meta: { quiet: true },
  })

/** Tries a refused key in the provider's other region; if it is accepted there, the key and its drafts move there. */
export const useTryRegion = () =>
  useCall((id: ProviderId) => window.reshoot.providers.tryRegion({ id }), {
    onSuccess: async ({ id: found }, id) => {
      moveDrafts(id, found)
      await client.invalidateQueries({ queryKey: keys.drafts })
      await refresh()
    },
  })

/** Tests a key with a request that costs nothing. */
export const useTestProvider = () =>
  useCall((id: ProviderId) => window.reshoot.providers.test({ id }))

const onNewKey = async (id: ProviderId) => {
  client.removeQueries({ queryKey: keys.balance(id) })
  await refresh()
}

export const useSetKey = () =>
  useCall((input: { id: ProviderId; key: string }) => window.reshoot.providers.setKey(input), {
    onSuccess: (_, { id }) => onNewKey(id),
  })

export const useClearKey = () =>
  useCall((id: ProviderId) => window.reshoot.providers.clearKey({ id }), {
    onSuccess: (_, id) => onNewKey(id),
  })
