import { useMutation, useQuery } from '@tanstack/react-query'
import type { ProviderDescription, ProviderId } from '../../preload/contract'
import { answered } from './answer-failure'
import { client } from './client'
import { keys } from './keys'

const list = { queryKey: keys.providers, queryFn: () => answered(window.reshoot.providers.list()) }

export const useProviders = () => useQuery(list)

export const useProvider = (id: ProviderId | undefined): ProviderDescription | undefined =>
  useQuery({ ...list, select: (providers) => providers.find((one) => one.id === id) }).data

/** A key came or went: providers and drafts look different now. */
const refresh = async () => {
  await client.invalidateQueries({ queryKey: keys.providers })
  await client.invalidateQueries({ queryKey: keys.settings })
  await client.invalidateQueries({ queryKey: keys.draftChecks })
}

/** Asks the provider something free; the answer says what came back. */
export const useTestProvider = () =>
  useMutation({ mutationFn: (id: ProviderId) => answered(window.reshoot.providers.test({ id })) })

export const useSetKey = () =>
  useMutation({
    mutationFn: (input: { id: ProviderId; key: string }) =>
      answered(window.reshoot.providers.setKey(input)),
    onSuccess: refresh,
  })

export const useClearKey = () =>
  useMutation({
    mutationFn: (id: ProviderId) => answered(window.reshoot.providers.clearKey({ id })),
    onSuccess: refresh,
  })
