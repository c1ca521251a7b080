import { randomUUID } from 'node:crypto'
import { isBuiltIn, providerRows } from '../../preload/contract'
import { systemClock } from '../clock'
import { openDatabase } from '../database/database'
import { migrations } from '../database/schema'
import { createDrafts } from '../edits/drafts'
import { createMediaCatalog, type OpenMediaCatalog } from '../edits/media-catalog'
import { createPreparedFiles } from '../edits/prepared-files'
import { forgetOldFiles } from '../files/forget-old-files'
import { moveToTrashFolder } from '../files/trash-folder'
import { type Home, makeHome } from '../home'
import { createLibrary } from '../library/create-library'
import type { Library } from '../library/library'
import { type Log, silentLog } from '../log'
import { createMediaTools } from '../media/create-media-tools'
import { createProviders } from '../providers/registry'
import { forgetCompiled } from '../start/forget-compiled'
import { toolPaths } from '../tools/tool-paths'
import { bucketVariablesSet } from '../uploads/bucket-access'
import { createForgetRefusals, createKeyRegion } from './key-region'
import { createMediaPath } from './media-paths'
import { createNotices } from './notices'
import { openJobs } from './open-jobs'
import { openSettings } from './open-settings'
import { openUploads } from './open-uploads'
import { pngCopies } from './png-copies'
import { sandboxWhenNeeded } from './sandbox-when-needed'
import type { Services, ServicesOptions } from './types'

export type { Notice, Services, ServicesOptions } from './types'

/**
 * The composition root: everything with its dependencies, without Electron.
 *
 * Rejects with `NewerDatabaseError`, or with an error of the file system when the home cannot be used.
 * What costs time waits until it is needed: the Sandbox, and looking at the files of the catalog.
 */
export const openServices = async (options: ServicesOptions): Promise<Services> => {
  const { home, env } = options
  const clock = options.clock ?? systemClock
  const log = options.log ?? silentLog
  makeHome(home)
  const notices = createNotices()
  const warn = (text: Parameters<typeof notices.tell>[1]) => notices.tell('warn', text)
  const database = openDatabase(home.database, { migrations, log, clock })
  if (database.setAside)
    warn({ key: 'notice.database_set_aside', values: { file: database.setAside } })

  const { settings, keys } = openSettings({ ...options, clock, log, notice: warn })
  const tools = toolPaths(() => settings.get())
  const media = createMediaTools(tools)
  const prepared = createPreparedFiles({ folder: home.prepared, media, toolStamp: tools.ffmpeg })
  const posterUrl = (mediaId: string) => opened?.get(mediaId)?.posterUrl ?? null
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

  let opened: OpenMediaCatalog | null = null
  const catalog = (): OpenMediaCatalog => {
    if (!opened) {
      opened = createMediaCatalog({ database, media, home, prepared, clock, log, notice: warn })
      tidy(home, clock.now(), log)
    }
    return opened
  }
  const sandbox = sandboxWhenNeeded({ folder: home.sandbox, env, media, tools, clock, log })
  const providers = createProviders({
    keys,
    env,
    sandbox: sandbox.start,
    clock,
    withPng: pngCopies(media, prepared.prepare),
    workspaceOf: (id) => settings.get().workspaces[id] ?? null,
  })
  const { uploads, bucket } = openUploads({ home, env, settings, keys, clock })
  const drafts = createDrafts({
    database,
    settings: settings.get,
    // Only when a draft is asked for does the catalog have to be there.
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
  const jobs = openJobs({
    uploads,
    database,
    clock,
    log,
    home,
    media,
    providers,
    library,
    prepare: prepared.prepare,
    posterUrl,
    newId: randomUUID,
  })

  const closed = new AbortController()
  // The window waits for its first answers.
  setImmediate(() => recoverLibrary(library, closed.signal, log))

  const closeAll = async (): Promise<void> => {
    closed.abort()
    opened?.close()
    // The jobs first: one whose file stops being prepared under it would take that for a failure.
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
    onNotice: notices.onNotice,
    close: async () => {
      closing ??= closeAll()
      await closing
    },
  }
}

/** In the background, once a run of the window. */
const tidy = (home: Home, now: number, log: Log): void => {
  const forgetting = [
    ...[home.prepared, home.proxies, home.filmstrips].map((folder) => forgetOldFiles(folder, now)),
    forgetCompiled(home, now),
  ]
  for (const each of forgetting)
    each.catch((error: unknown) => log.warn('Old files could not be removed', { error }))
}

/** Results that the index does not know: it was lost, or the folder was filled by another computer. */
const recoverLibrary = (library: Library, signal: AbortSignal, log: Log): void => {
  library.rebuild(signal).catch((error: unknown) => {
    if (!signal.aborted) log.warn('Results could not be listed anew', { error })
  })
}
