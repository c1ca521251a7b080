import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { reportFailure } from './report-failure'

declare module '@tanstack/react-query' {
  interface Register {
    /** `quiet`: the screen itself says what went wrong. */
    queryMeta: { quiet?: boolean }
    mutationMeta: { quiet?: boolean }
  }
}

/** Everything the window knows of main; kept true by events, never by asking again on a timer. */
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
