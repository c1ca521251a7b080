import { randomUUID } from 'node:crypto'
import { isBuiltIn, providerRows, type Text } from '../../preload/contract'
import { systemClock } from '../clock'
import { openDatabase } from '../database/database'
import { migrations } from '../database/schema'
import { createDrafts } from '../edits/drafts'
import { createMediaCatalog, type OpenMediaCatalog } from '../edits/media-catalog'
import { createPreparedFiles } from '../edits/prepared-files'
import { forgetOldFiles } from '../files/forget-old'
import { freeBytes } from '../files/free-bytes'
import { moveToTrashFolder } from '../files/trash-folder'
import { type Home, makeHome } from '../home'
import { createJobs } from '../jobs/create-jobs'
import { createDownload } from '../jobs/download'
import { thisProcess } from '../jobs/job-lease'
import { defaultTiming } from '../jobs/job-ports'
import { createJobStore } from '../jobs/job-store'
import { createLibrary } from '../library/create-library'
import type { Library } from '../library/library'
import { createListeners } from '../listeners'
import { type Log, silentLog } from '../log'
import { createMediaTools } from '../media/create-media-tools'
import { createProviders } from '../providers/registry'
import { createKeys, defaultProvider } from '../settings/keys'
import { localeOf } from '../settings/language'
import type { SecretName } from '../settings/settings'
import { createSettingsStore } from '../settings/settings-store'
import { forgetCompiled } from '../start/compile-cache'
import { isAlive } from '../tools/processes'
import { toolPaths } from '../tools/tool-paths'
import { bucketVariables, bucketVariablesSet } from '../uploads/bucket-access'
import { createForgetRefusals, createKeyRegion } from './key-region'
import { createLazySandbox } from './lazy-sandbox'
import { createMediaPath } from './media-paths'
import { openUploads } from './open-uploads'
import { createPngCopies } from './png-copies'
import type { Notice, Services, ServicesOptions } from './types'

export type { Notice, Services, ServicesOptions } from './types'

/**
 * The composition root: creates every service with its dependencies, without Electron.
 *
 * Rejects with `NewerDatabaseError`, or with an error of the file system when the home cannot be used.
 * The Sandbox and the media catalog are slow to start, so they wait for their first use.
 */
export const openServices = async (options: ServicesOptions): Promise<Services> => {
  const { home, env } = options
  const clock = options.clock ?? systemClock
  const log = options.log ?? silentLog
  makeHome(home)
  const notices = createNotices(log)

  const database = openDatabase(home.database, { migrations, log, clock })
  if (database.setAside)
    notices.warn({ key: 'notice.database_set_aside', values: { file: database.setAside } })

  const keys = createKeys({
    file: home.secrets,
    env,
    box: options.secretBox,
    variableOf: secretVariable,
    clock,
    log,
    notice: notices.warn,
  })
  const settings = createSettingsStore({
    file: home.settings,
    locale: options.locale ?? (() => localeOf(env)),
    defaultProvider: () =>
      defaultProvider(
        Object.values(providerRows).map(({ id }) => id),
        keys.source,
      ),
    clock,
    log,
    notice: notices.warn,
  })
  keys.onChange(settings.announce)

  const tools = toolPaths(() => settings.get())
  const media = createMediaTools(tools)
  const prepared = createPreparedFiles({ folder: home.prepared, media, toolStamp: tools.ffmpeg })

  let openCatalog: OpenMediaCatalog | null = null
  const catalog = (): OpenMediaCatalog => {
    if (!openCatalog) {
      openCatalog = createMediaCatalog({
        database,
        media,
        home,
        prepared,
        clock,
        log,
        notice: notices.warn,
      })
      removeOldFiles(home, clock.now(), log)
    }
    return openCatalog
  }
  const posterUrl = (mediaId: string) => openCatalog?.get(mediaId)?.posterUrl ?? null

  const library = createLibrary({
    database,
    media,
    home,
    folder: () => settings.get().libraryFolder ?? home.libraryFolder,
    trash: options.trash ?? moveToTrashFolder,
    providerName: (id) => (isBuiltIn(id) ? providerRows[id].name : id),
    posterUrl,
    newId: randomUUID,
    clock,
    log,
  })

  const sandbox = createLazySandbox({ folder: home.sandbox, env, media, tools, clock, log })
  const providers = createProviders({
    keys,
    env,
    sandbox: sandbox.start,
    clock,
    withPng: createPngCopies(media, prepared.prepare),
    workspaceOf: (id) => settings.get().workspaces[id] ?? null,
  })
  const { uploads, bucket } = openUploads({ home, env, settings, keys, clock })

  const drafts = createDrafts({
    database,
    settings: settings.get,
    // Functions, so that the catalog opens only when a draft needs it.
    catalog: {
      get: (id) => catalog().get(id),
      add: (paths) => catalog().add(paths),
      pathOf: (id) => catalog().pathOf(id),
    },
    providers: providers.describe,
    hasBucket: bucket.isReady,
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
    uploads,
    clock,
    log,
    home,
    media,
    providers,
    describeProviders: providers.describe,
    library,
    prepare: prepared.prepare,
    posterUrl,
    newId: randomUUID,
    download: createDownload(),
    freeBytes,
    random: Math.random,
    owner: thisProcess(randomUUID()),
    watchOtherWriters: database.watchOtherWriters,
  })

  const closed = new AbortController()
  // Later, because the window waits for its first answers.
  setImmediate(() => rebuildLibrary(library, closed.signal, log))

  const closeAll = async (): Promise<void> => {
    closed.abort()
    openCatalog?.close()
    // Before `prepared`: a job whose file stops being prepared would count as failed.
    await jobs.stop()
    prepared.stop()
    await providers.close()
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

/** Removes cached files that have not been used for a month, in the background. */
const removeOldFiles = (home: Home, now: number, log: Log): void => {
  const removals = [
    ...[home.prepared, home.proxies, home.filmstrips].map((folder) => forgetOldFiles(folder, now)),
    forgetCompiled(home, now),
  ]
  for (const removal of removals)
    removal.catch((error: unknown) => log.warn('Old files could not be removed', { error }))
}

/** Adds results that the index lacks, because it was lost or another computer made them. */
const rebuildLibrary = (library: Library, signal: AbortSignal, log: Log): void => {
  library.rebuild(signal).catch((error: unknown) => {
    if (!signal.aborted) log.warn('Results could not be listed anew', { error })
  })
}
