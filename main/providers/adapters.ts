import type { ProviderRow } from '../../preload/contract'
import type { Clock } from '../clock'
import type { Http } from './http/http'
import type { Provider, WithPng } from './provider'

/** What an adapter is made from; each adapter uses what it needs. */
export interface AdapterOptions {
  row: ProviderRow
  /** The row's address, or the one that its environment variable names. */
  baseUrl: string
  /** Address of the row's file storage; empty where it has none. */
  filesUrl: string
  /** Called for each request, because a key may be entered while the app runs. */
  key: () => string | null
  http: Http
  clock: Clock
  /** Gives a short ASCII text that is different each time. */
  unique: () => string
  /** Id of the person's workspace at this provider; null for none. */
  workspace: string | null
  /** Converts images that the storage does not accept; without it they are refused there. */
  withPng?: WithPng
}

/** Makes a provider from its row. */
export type Adapter = (options: AdapterOptions) => Provider

/** Every `<protocol>/adapter.ts`. The bundler makes this list, so a new adapter needs no entry. */
const files = import.meta.glob<Adapter>('./*/adapter.ts', { import: 'adapter' })

/** The protocols that have an adapter. */
export const protocols = Object.keys(files).map(
  (file) => /([^/]+)\/adapter\.ts$/.exec(file)?.[1] ?? file,
)

/** The adapter of a protocol, loaded when it is first used. Rejects for a protocol without an adapter. */
export const adapterOf = async (protocol: string): Promise<Adapter> => {
  const load = files[`./${protocol}/adapter.ts`]
  if (!load) throw new Error(`There is no main/providers/${protocol}/adapter.ts`)
  return await load()
}
