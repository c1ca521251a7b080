import type { EventValue, ProviderId } from '../../preload/contract'
import type { Clock } from '../clock'
import type { Drafts, MediaCatalog } from '../edits/edits'
import type { Home } from '../home'
import type { Jobs } from '../jobs/jobs'
import type { Library } from '../library/library'
import type { Log } from '../log'
import type { MediaTools } from '../media/media-tools'
import type { Providers } from '../providers/registry'
import type { Keys, SecretBox, SettingsStore } from '../settings/settings'
import type { Bucket } from '../uploads/bucket'

/** A line for the person that belongs to no screen. */
export type Notice = EventValue<'notice'>

/** Everything the app can do, without Electron: the window, the command line and the tests use the same. */
export interface Services {
  home: Home
  log: Log
  settings: SettingsStore
  keys: Keys
  media: MediaTools
  catalog: MediaCatalog
  drafts: Drafts
  providers: Providers
  jobs: Jobs
  library: Library
  /** The person's own bucket for services that take only addresses. */
  bucket: Pick<Bucket, 'test' | 'isReady' | 'inUse'> & {
    /** Names of the environment variables that say something of it. */
    environment: readonly string[]
  }
  /** Finds the region of a key that this provider refused; gives the provider that accepts it. */
  keyRegion: (id: ProviderId) => Promise<ProviderId>
  /** Allows a key that neither region accepted to be tried in both again. */
  forgetRefusals: (id: ProviderId) => void
  /** File behind a `reshoot-media://<kind>/<id>` URL; null when there is none. */
  mediaPath: (kind: string, id: string) => string | null
  /** Notices from now on, and those from before anybody listened. */
  onNotice: (listener: (notice: Notice) => void) => () => void
  /** Stops all work in order: jobs let go, children end, database closes. Twice is once. */
  close: () => Promise<void>
}

/** What the services are given from outside, so that the app, the command line and the tests can give their own. */
export interface ServicesOptions {
  home: Home
  env: NodeJS.ProcessEnv
  secretBox: SecretBox
  /** Moves a file to the system's trash; without one, files go into a `.trash` folder of the library. */
  trash?: (path: string) => Promise<void>
  /** The computer's locale; of the environment when not given. */
  locale?: () => string | undefined
  clock?: Clock
  log?: Log
}
