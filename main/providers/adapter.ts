import type { Clock } from '../clock'
import type { WithPng } from './evolink/files'
import type { Http } from './http/http'
import type { Provider, ProviderRow } from './provider'

/** What an adapter is made from; each takes what it needs. */
export interface AdapterOptions {
  row: ProviderRow
  /** The row's address, or the one that its variable names. */
  baseUrl: string
  /** The same for where it stores files; empty where it has no such place. */
  filesUrl: string
  key: () => string | null
  http: Http
  clock: Clock
  unique: () => string
  /** Id of the person's workspace at this provider; null for none. */
  workspace: string | null
  withPng?: WithPng
}

/** Makes a provider from its row. */
export type Adapter = (options: AdapterOptions) => Provider
