import type { ProviderDescription, ProviderId } from '../preload/contract'
import type { Drafts, MediaCatalog } from './edits/edits'
import type { Jobs } from './jobs/jobs'
import type { Library } from './library/library'
import type { MediaTools } from './media/media-tools'
import type { Provider } from './providers/provider'
import type { Keys, SettingsStore } from './settings/settings'

/** Every provider that is built in, by id. */
export interface Providers {
  describe: () => ProviderDescription[]
  get: (id: ProviderId) => Promise<Provider>
}

/** Everything the app can do, without Electron: the window, the command line and the tests use the same. */
export interface Services {
  settings: SettingsStore
  keys: Keys
  media: MediaTools
  catalog: MediaCatalog
  drafts: Drafts
  providers: Providers
  jobs: Jobs
  library: Library
  /** File behind a `reshoot-media://<kind>/<id>` URL; null when there is none. */
  mediaPath: (kind: string, id: string) => string | null
  /** Stops all work in order: jobs let go, children end, database closes. */
  close: () => Promise<void>
}
