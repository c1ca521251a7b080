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

/** A message for the person that belongs to no screen. */
export type Notice = EventValue<'notice'>

/** Everything the app can do, without Electron. The window, the command line and the tests share it. */
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
  /** The person's own bucket, for providers without file storage. */
  bucket: Pick<Bucket, 'test' | 'isReady' | 'inUse'> & {
    /** Names of the environment variables that configure it. */
    environment: readonly string[]
  }
  /** Finds the region of a key that this provider refused; gives the provider that accepts it. */
  keyRegion: (id: ProviderId) => Promise<ProviderId>
  /** Allows a key that neither region accepted to be tried in both again. */
  forgetRefusals: (id: ProviderId) => void
  /** File behind a `reshoot-media://<kind>/<id>` URL; null when there is none. */
  mediaPath: (kind: string, id: string) => string | null
  /** Subscribes to notices; the first listener also gets those from before. */
  onNotice: (listener: (notice: Notice) => void) => () => void
  /** Releases the jobs, ends child processes, closes the database. Calling it again has no effect. */
  close: () => Promise<void>
}

/** What the app, the command line and the tests each pass in. */
export interface ServicesOptions {
  home: Home
  env: NodeJS.ProcessEnv
  secretBox: SecretBox
  /** Moves a file to the system's trash; without one, files go into a `.trash` folder of the library. */
  trash?: (path: string) => Promise<void>
  /** The computer's locale. Default: that of the environment. */
  locale?: () => string | undefined
  clock?: Clock
  log?: Log
}
