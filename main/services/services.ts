import { randomBytes, randomUUID } from 'node:crypto'
import {
  type EventValue,
  isBuiltIn,
  modeRow,
  type ProviderId,
  providerId,
  providerRows,
  type Settings,
  type Text,
} from '../../preload/contract'
import { createMediaCatalog, type MediaCatalog, type OpenMediaCatalog } from '../catalog/catalog'
import { createPreparedFiles } from '../catalog/prepared-files'
import { type Clock, systemClock } from '../clock'
import { openDatabase } from '../database/database'
import { migrations } from '../database/schema'
import { createDrafts, type Drafts } from '../edits/drafts'
import { refusalOf } from '../edits/submission'
import { forgetOldFiles } from '../files/forget-old'
import { freeBytes } from '../files/free-bytes'
import { removeStaleTemporaries } from '../files/temporary-file'
import { moveToTrashFolder } from '../files/trash-folder'
import { type Home, makeHome } from '../home'
import { createDownload } from '../jobs/download'
import { createJobs, type Jobs } from '../jobs/jobs'
import { thisProcess } from '../jobs/lease'
import { defaultTiming } from '../jobs/ports'
import { createJobStore } from '../jobs/store'
import { createLibrary, type Library } from '../library/library'
import { createListeners } from '../listeners'
import { type Log, silentLog } from '../log'
import { createMediaTools } from '../media/create-media-tools'
import { createPictures, picturesHere } from '../media/images/pictures'
import { openKnownFacts } from '../media/known-facts'
import type { MediaTools } from '../media/media-tools'
import { createFetch } from '../network/fetch'
import { createNetwork } from '../network/network'
import { createProxyOf } from '../network/proxies'
import { createResultFetch, lookupOfResults } from '../network/result-fetch'
import { estimate } from '../providers/prices'
import { createProviders, type Providers } from '../providers/registry'
import { createKeys, defaultProvider } from '../settings/keys'
import { localeOf } from '../settings/language'
import type { Keys, SecretBox, SecretName, SettingsStore } from '../settings/settings'
import { createSettingsStore } from '../settings/settings-store'
import { forgetCompiled } from '../start/compile-cache'
import type { FfmpegSearch } from '../tools/find-ffmpeg'
import { isAlive } from '../tools/processes'
import { searchFfmpeg, toolPaths } from '../tools/tool-paths'
import { toolIdentity } from '../tools/tool-version'
import type { StartWorker } from '../tools/worker'
import { type Bucket, createBucket } from '../uploads/bucket'
import { bucketState, bucketVariables, bucketVariablesSet } from '../uploads/bucket-access'
import { createUploadMemory } from '../uploads/upload-memory'
import { createUploads } from '../uploads/uploads'
import { createForgetRefusals, createKeyRegion } from './key-region'
import { createLazySandbox } from './lazy-sandbox'
import { createMediaPath } from './media-paths'
import { createPngCopies } from './png-copies'

/** A message for the person that belongs to no screen. */
export type Notice = EventValue<'notice'>

/** Everything the app can do, without Electron. The window, the command line and the tests share it. */
export interface Services {
  home: Home
  log: Log
  settings: SettingsStore
  keys: Keys
  media: MediaTools
  /** The ffmpegs of this computer, and which of them is used unless Settings name one. */
  ffmpegs: FfmpegSearch
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
  /** Asks the system for the proxy of an address. Default: only the environment names proxies. */
  systemProxy?: (address: string) => Promise<string>
  /** The search for an ffmpeg waits for it. Default: it starts when an ffmpeg is needed. */
  shown?: Promise<unknown>
  /** Starts the process in which pictures are decoded. Default: they are decoded in this one, which tests want. */
  startPictures?: StartWorker
  clock?: Clock
  log?: Log
}

/**
 * The composition root: creates every service with its dependencies, without Electron.
 *
 * Rejects with `NewerDatabaseError`, or with an error of the file system when the home cannot be used.
 * The Sandbox and the media catalog are slow to start, so they wait for their first use.
 */
export const openServices = async (options: ServicesOptions): Promise<Services> => {
  const { home, env, clock = systemClock, log = silentLog } = options
  makeHome(home)
  const notices = createNotices(log)
  const common = { clock, log, notice: notices.warn }

  const database = openDatabase(home.database, { migrations, log, clock })
  if (database.setAside)
    notices.warn({ key: 'notice.database_set_aside', values: { file: database.setAside } })

  const keys = createKeys({
    file: home.secrets,
    env,
    box: options.secretBox,
    variableOf: secretVariable,
    ...common,
  })
  const settings = createSettingsStore({
    file: home.settings,
    locale: options.locale ?? (() => localeOf(env)),
    defaultProvider: () => defaultProvider(providerId.options, keys.source),
    ...common,
  })
  keys.onChange(settings.announce)

  const ffmpegs = searchFfmpeg(home, env, options.shown)
  const tools = toolPaths(() => settings.get(), ffmpegs)
  const pictures = options.startPictures ? createPictures(options.startPictures) : picturesHere
  const media = createMediaTools(tools, pictures, openKnownFacts(home.facts, clock.now))
  const toolStamp = async () => {
    await tools.settle()
    return toolIdentity(tools.ffmpeg())
  }
  const prepared = createPreparedFiles({ folder: home.prepared, media, toolStamp })

  let openCatalog: OpenMediaCatalog | null = null
  const resultFolder = () => settings.get().libraryFolder ?? home.libraryFolder
  const catalog = (): OpenMediaCatalog => {
    if (!openCatalog) {
      openCatalog = createMediaCatalog({ database, media, home, prepared, ...common })
      removeOldFiles(home, resultFolder(), bucket, clock.now(), log)
    }
    return openCatalog
  }
  const posterUrl = (mediaId: string) => openCatalog?.get(mediaId)?.posterUrl ?? null

  const library = createLibrary({
    database,
    media,
    home,
    folder: resultFolder,
    isOwn: () => settings.get().libraryFolder === null,
    trash: options.trash ?? moveToTrashFolder,
    providerName: (id) => (isBuiltIn(id) ? providerRows[id].name : id),
    posterUrl,
    newId: randomUUID,
    clock,
    log,
  })

  const network = createNetwork(createProxyOf(env, options.systemProxy))
  const web = createFetch(network)
  const publicWeb = createFetch(network, lookupOfResults(network.connecting.lookup))
  const sandbox = createLazySandbox({ folder: home.sandbox, env, media, tools, clock, log })
  const providers = createProviders({
    keys,
    env,
    sandbox: sandbox.start,
    network,
    clock,
    withPng: createPngCopies(media, prepared.prepare),
    workspaceOf: (id) => settings.get().workspaces[id] ?? null,
  })
  const bucket = createBucket({
    state: () =>
      bucketState({
        env,
        settings: settings.get().bucket,
        keys: {
          accessKeyId: keys.get('bucket-access-key'),
          secretAccessKey: keys.get('bucket-secret-key'),
        },
      }),
    network,
    fetch: web.fetch,
    memory: createUploadMemory(home.uploads),
    clock,
    unique: () => randomBytes(16).toString('hex'),
  })

  const drafts = createDrafts({
    database,
    settings: settings.get,
    // Functions, so that the catalog opens only when a draft needs it.
    catalog: {
      get: (id) => catalog().get(id),
      add: (paths) => catalog().add(paths),
      knows: (path) => catalog().knows(path),
      pathOf: (id) => catalog().pathOf(id),
    },
    providers: providers.describe,
    hasBucket: bucket.isReady,
    newId: randomUUID,
    clock,
    log,
  })

  const store = createJobStore({
    database,
    clock,
    isAlive,
    lease: defaultTiming.heartbeat * 3,
    submittingGrace: 120_000,
  })
  const jobs = createJobs({
    store,
    uploads: createUploads([bucket]),
    clock,
    log,
    home,
    media,
    providers,
    describeProviders: providers.describe,
    price: (id, mode, request) => {
      const provider = providers.describe().find((each) => each.id === id)
      return provider?.modes[mode] ? estimate(modeRow(provider, mode), request) : null
    },
    refusalAt: (id, spec) => {
      const provider = providers.describe().find((each) => each.id === id)
      return provider ? refusalOf(provider, spec) : null
    },
    library,
    prepare: prepared.prepare,
    posterUrl,
    newId: randomUUID,
    download: createDownload({
      fetch: createResultFetch({ fetch: web.fetch, publicFetch: publicWeb.fetch }),
    }),
    freeBytes,
    random: Math.random,
    owner: thisProcess(randomUUID()),
    watchOtherWriters: database.watchOtherWriters,
  })

  // What holds a job may be mended: it is tried at once.
  keys.onChange(jobs.tryHeld)
  let used = usedByJobs(settings.get())
  settings.onChange((now) => {
    const before = used
    used = usedByJobs(now)
    if (used !== before) jobs.tryHeld()
  })

  const closed = new AbortController()
  // Adds results that the index lacks, because it was lost or another computer made them. Later, because the window
  // waits for its first answers.
  setImmediate(() => {
    library.rebuild(closed.signal).catch((error: unknown) => {
      if (!closed.signal.aborted) log.warn('Results could not be listed anew', { error })
    })
  })

  const closeAll = async (): Promise<void> => {
    closed.abort()
    openCatalog?.close()
    // Before `prepared`: a job whose file stops being prepared would count as failed.
    await jobs.stop()
    prepared.stop()
    pictures.stop()
    await providers.close()
    await Promise.all([web.close(), publicWeb.close()])
    bucket.close()
    await sandbox.stop()
    settings.close()
    database.close()
  }
  let closing: Promise<void> | null = null

  return {
    home,
    log,
    settings,
    keys,
    media,
    ffmpegs,
    get catalog() {
      return catalog()
    },
    drafts,
    providers,
    jobs,
    library,
    bucket: { ...bucket, environment: bucketVariablesSet(env) },
    keyRegion: createKeyRegion({ keys, settings, drafts, withKey: providers.withKey }),
    forgetRefusals: createForgetRefusals({ keys, settings }),
    mediaPath: createMediaPath({ home, catalog, prepared, library }),
    onNotice: notices.subscribe,
    close: async () => {
      closing ??= closeAll()
      await closing
    },
  }
}

/** The settings that a job may be held by, as a text to compare. */
const usedByJobs = (settings: Settings): string => {
  const { libraryFolder, bucket, workspaces, ffmpegPath, ffprobePath } = settings
  return JSON.stringify([libraryFolder, bucket, workspaces, ffmpegPath, ffprobePath])
}

/** The environment variable that may hold a secret; null for a provider without a key. */
const secretVariable = (name: SecretName): string | null => {
  if (name === 'bucket-access-key') return bucketVariables.accessKeyId
  if (name === 'bucket-secret-key') return bucketVariables.secretAccessKey
  return providerRows[name].keyVariable
}

/** Messages for the person; those from before the first listener wait for it. */
const createNotices = (log: Log) => {
  const listeners = createListeners<Notice>(log)
  const waiting: Notice[] = []
  return {
    warn: (text: Text): void => {
      const notice: Notice = { level: 'warn', text }
      if (listeners.count() === 0) waiting.push(notice)
      else listeners.emit(notice)
    },
    subscribe: (listener: (notice: Notice) => void): (() => void) => {
      const unsubscribe = listeners.subscribe(listener)
      for (const notice of waiting.splice(0)) listeners.emit(notice)
      return unsubscribe
    },
  }
}

/** Removes cached files that have not been used for a month, and unfinished ones, in the background. */
const removeOldFiles = (
  home: Home,
  results: string,
  bucket: Pick<Bucket, 'removeOld'>,
  now: number,
  log: Log,
): void => {
  const { prepared, proxies, filmstrips, posters, sent, pasted, uploads } = home
  const cached = [prepared, proxies, filmstrips]
  const removals = [
    ...cached.map((folder) => forgetOldFiles(folder, now)),
    forgetCompiled(home, now),
    bucket.removeOld(),
    // What a kill left half-written.
    ...[...cached, posters, sent, pasted, uploads, results].map((folder) =>
      removeStaleTemporaries(folder, now),
    ),
  ]
  for (const removal of removals)
    removal.catch((error: unknown) => log.warn('Old files could not be removed', { error }))
}
