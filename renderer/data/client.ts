import { MutationCache, QueryCache, QueryClient, useMutation } from '@tanstack/react-query'
import type { Answer } from '../../preload/contract'
import { answered, reportFailure } from './failures'

declare module '@tanstack/react-query' {
  interface Register {
    /** `quiet`: the screen shows the failure itself, so no toast appears. */
    queryMeta: { quiet?: boolean }
    mutationMeta: { quiet?: boolean }
  }
}

/** The window's cache of main's answers. Events keep it current, so nothing is fetched again on a timer. */
export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 30 * 60_000,
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (!query.meta?.quiet) reportFailure(error)
    },
  }),
  mutationCache: new MutationCache({
    onError: (error, _input, _context, mutation) => {
      if (!mutation.meta?.quiet) reportFailure(error)
    },
  }),
})

/** Cache keys. */
export const keys = {
  media: ['media'] as const,
  drafts: ['drafts'] as const,
  draftChecks: ['draft-check'] as const,
  jobs: ['jobs'] as const,
  paused: ['paused'] as const,
  library: ['library'] as const,
  totals: ['library', 'totals'] as const,
  settings: ['settings'] as const,
  updates: ['updates'] as const,
  tools: ['tools'] as const,
  bucket: ['bucket'] as const,
  balance: (id: string) => ['balance', id] as const,
  providers: ['providers'] as const,
  prompts: ['prompts'] as const,
}

/** A mutation that calls main; a failure is shown as a toast unless `quiet`. */
export const useCall = <O, I = void>(
  call: (input: I) => Promise<Answer<O>>,
  options: { onSuccess?: (value: O, input: I) => unknown; quiet?: boolean } = {},
) =>
  useMutation({
    mutationFn: (input: I) => answered(call(input)),
    onSuccess: (value, input) => options.onSuccess?.(value, input),
    meta: { quiet: options.quiet === true },
  })

type ListKey = typeof keys.media | typeof keys.jobs

/** Puts changed items into a cached list: each replaces the item with its id; a new one comes first, as in main. */
export const putInList = <T extends { id: string }>(key: ListKey, items: readonly T[]) =>
  client.setQueryData<T[]>(key, (list = []) => {
    const known = new Set(list.map(({ id }) => id))
    const changed = new Map(items.map((item) => [item.id, item]))
    return [
      ...items.filter(({ id }) => !known.has(id)),
      ...list.map((item) => changed.get(item.id) ?? item),
    ]
  })

/** Removes the items with these ids from a cached list. */
export const removeFromList = (key: ListKey, ids: readonly string[]) =>
  client.setQueryData<{ id: string }[]>(key, (list = []) =>
    list.filter(({ id }) => !ids.includes(id)),
  )
