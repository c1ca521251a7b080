import { useMutation, useQuery } from '@tanstack/react-query'
import type { ProviderDescription, ProviderId } from '../../preload/contract'
import { answered } from './answer-failure'
import { client } from './client'
import { renewChecks } from './draft-checks'
import { moveDrafts } from './draft-store'
import { keys } from './keys'

const list = { queryKey: keys.providers, queryFn: () => answered(window.reshoot.providers.list()) }

export const useProviders = () => useQuery(list)

export const useProvider = (id: ProviderId | undefined): ProviderDescription | undefined =>
  useQuery({ ...list, select: (providers) => providers.find((one) => one.id === id) }).data

/** A key came or went: providers and drafts look different now. */
const refresh = async () => {
  await client.invalidateQueries({ queryKey: keys.providers })
  await client.invalidateQueries({ queryKey: keys.settings })
  renewChecks()
}

/** Long enough that going to and fro asks once. Milliseconds. */
const balanceLife = 5 * 60_000

/** What the account has left; asked when it is first shown, and when the person asks again. */
export const useBalance = (provider: Pick<ProviderDescription, 'id' | 'key' | 'tellsBalance'>) =>
  useQuery({
    queryKey: keys.balance(provider.id),
    queryFn: () => answered(window.reshoot.providers.balance({ id: provider.id })),
    enabled: provider.tellsBalance === true && provider.key !== 'none',
    staleTime: balanceLife,
    meta: { quiet: true },
  })

/** Tries a refused key in the provider's other region; an accepted key is moved there, with its drafts. */
export const useTryRegion = () =>
  useMutation({
    mutationFn: (id: ProviderId) => answered(window.reshoot.providers.tryRegion({ id })),
    onSuccess: async ({ id: found }, id) => {
      moveDrafts(id, found)
      await client.invalidateQueries({ queryKey: keys.drafts })
      await refresh()
    },
  })

/** Asks the provider something free; the answer says what came back. */
export const useTestProvider = () =>
  useMutation({ mutationFn: (id: ProviderId) => answered(window.reshoot.providers.test({ id })) })

export const useSetKey = () =>
  useMutation({
    mutationFn: (input: { id: ProviderId; key: string }) =>
      answered(window.reshoot.providers.setKey(input)),
    onSuccess: async (_, { id }) => {
      client.removeQueries({ queryKey: keys.balance(id) })
      await refresh()
    },
  })

export const useClearKey = () =>
  useMutation({
    mutationFn: (id: ProviderId) => answered(window.reshoot.providers.clearKey({ id })),
    onSuccess: async (_, id) => {
      client.removeQueries({ queryKey: keys.balance(id) })
      await refresh()
    },
  })
