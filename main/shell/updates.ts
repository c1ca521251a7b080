import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, copyFile, mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { AppUpdater, BaseUpdater } from 'electron-updater'
import type { Text, UpdateState } from '../../preload/contract'
import type { Log } from '../log'
import type { Network } from '../network/network'
import { isReleaseAddress, ReleaseRequests } from './release-requests'

/** How this Reshoot was installed: what it can do about a newer one follows from it. */
export type Installed = 'app-image' | 'setup' | 'package-manager' | 'by-hand'

/** Tells how a packaged Reshoot was installed. `resources` is its folder of that name. */
const installedHow = (
  { platform, resources }: { platform: NodeJS.Platform; resources: string },
  env: NodeJS.ProcessEnv,
): Installed => {
  if (platform === 'linux') {
    if (env['APPIMAGE']) return 'app-image'
    return existsSync(path.join(resources, 'package-type')) ? 'package-manager' : 'by-hand'
  }
  const uninstaller = path.join(resources, '..', 'uninstall.exe')
  return platform === 'win32' && existsSync(uninstaller) ? 'setup' : 'by-hand'
}

/** The folder of releases that a package was made for (scripts/package/folder.mjs); null when it names none. */
const releasesOf = (resources: string): string | null => {
  try {
    return readFileSync(path.join(resources, 'releases.txt'), 'utf8').trim() || null
  } catch {
    return null
  }
}

/** How a Reshoot was installed and where its releases are. RESHOOT_RELEASES takes precedence over the package's own. */
export const releasesFor = (
  resources: string,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
) => ({
  installed: installedHow({ platform, resources }, env),
  self: env['APPIMAGE'] ?? '',
  releases: env['RESHOOT_RELEASES'] || releasesOf(resources),
})

interface UpdateOptions {
  version: string
  installed: Installed
  /** Of an AppImage, its file. */
  self: string
  /** Address of the folder of releases. */
  releases: string | null
  /** Folder for downloads. */
  folder: string
  network: Network
  log: Pick<Log, 'info' | 'warn'>
  /** Ends the app, so that the new one can take its place. */
  quit: () => void
}

/** Looks for a newer Reshoot, gets it and puts it in this one's place: each only when it is asked to. */
export interface Updates {
  state: () => UpdateState
  look: () => Promise<UpdateState>
  download: () => Promise<UpdateState>
  install: () => void
  onChange: (listener: (state: UpdateState) => void) => void
}

const text = (key: string, values: Text['values'] = {}): Text => ({ key: `update.${key}`, values })

/** What a failed look or download means for a person. */
const failureOf = (error: unknown, releases: string): Text => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ERR_CHECKSUM_MISMATCH') return text('damaged')
  return text('unreachable', { host: new URL(releases).host })
}

const elsewhere = ({ installed, releases }: UpdateOptions): UpdateState | null => {
  if (installed === 'package-manager' || installed === 'by-hand')
    return { kind: 'elsewhere', why: installed }
  if (releases === null || !URL.canParse(releases)) return { kind: 'elsewhere', why: 'no-releases' }
  const { protocol, hostname } = new URL(releases)
  return isReleaseAddress(protocol, hostname) ? null : { kind: 'elsewhere', why: 'no-releases' }
}

/** electron-updater, which is loaded when it is first needed. Nothing happens without a call. */
const openUpdater = async (options: UpdateOptions, releases: string): Promise<BaseUpdater> => {
  const { version, installed, folder, network, log } = options
  const { AppImageUpdater, NsisUpdater } = await import('electron-updater')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const config = path.join(folder, 'app-update.yml')
  await writeFile(config, 'updaterCacheDirName: downloads\n')
  const app = {
    version,
    name: 'reshoot',
    isPackaged: true,
    appUpdateConfigPath: config,
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: async () => {},
    relaunch: () => {},
    quit: () => {},
    onQuit: () => {},
  }
  const Updater = installed === 'setup' ? NsisUpdater : AppImageUpdater
  const updater = new Updater(null, app)
  withRequests(updater, network)
  updater.setFeedURL({ provider: 'generic', url: releases })
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  updater.disableDifferentialDownload = true
  updater.disableWebInstaller = true
  updater.logger = {
    info: () => {},
    warn: (message) => log.warn('Update', { message: String(message) }),
    error: (message) => log.warn('Update', { message: String(message) }),
  }
  return updater
}

/** With an app of its own given, electron-updater leaves its requests to us, but its types do not say so. */
const withRequests = (updater: AppUpdater, network: Network): void => {
  Object.assign(updater, { httpExecutor: new ReleaseRequests(network) })
}

/**
 * Puts a downloaded AppImage in the place of the running one, and starts it. electron-updater would delete the running one
 * first: if it then failed, no Reshoot would be left.
 */
const replaceApp = async (self: string, downloaded: string): Promise<void> => {
  const beside = `${self}.new`
  await copyFile(downloaded, beside)
  await chmod(beside, 0o755)
  await rename(beside, self)
  const started = spawn(self, { detached: true, stdio: 'ignore' })
  await once(started, 'spawn')
  started.unref()
}

export const createUpdates = (options: UpdateOptions): Updates => {
  const listeners: ((state: UpdateState) => void)[] = []
  const { log } = options
  const releases = options.releases ?? ''
  const fixed = elsewhere(options)
  let state: UpdateState = fixed ?? { kind: 'unknown' }
  let updater: Promise<BaseUpdater> | null = null
  let downloaded = ''
  let busy: Promise<UpdateState> | null = null

  const become = (next: UpdateState): UpdateState => {
    state = next
    for (const listener of listeners) listener(next)
    return next
  }
  const fail = (error: unknown): UpdateState => {
    log.warn('No update', { error })
    return become({ kind: 'failed', text: failureOf(error, releases) })
  }
  /** One thing at a time: who asks meanwhile gets its outcome. */
  const oneAtATime = (work: () => Promise<UpdateState>): Promise<UpdateState> => {
    busy ??= work()
      .catch(fail)
      .finally(() => {
        busy = null
      })
    return busy
  }
  const open = (): Promise<BaseUpdater> => {
    updater ??= openUpdater(options, releases).then((opened) => {
      opened.on('download-progress', ({ percent }) => {
        if (state.kind === 'downloading') become({ ...state, fraction: percent / 100 })
      })
      return opened
    })
    return updater
  }

  return {
    state: () => state,
    look: async () => {
      if (fixed || state.kind === 'ready') return state
      return oneAtATime(async () => {
        become({ kind: 'looking' })
        const found = await (await open()).checkForUpdates()
        // Only a newer version counts: an older one in the folder is a mistake, or an attack.
        return become(
          found?.isUpdateAvailable
            ? { kind: 'found', version: found.updateInfo.version.slice(0, 64) }
            : { kind: 'newest' },
        )
      })
    },
    download: async () => {
      const found = state
      if (found.kind !== 'found') return state
      return oneAtATime(async () => {
        become({ kind: 'downloading', version: found.version, fraction: 0 })
        // Rejects unless the SHA-512 is the one that the folder of releases names.
        const files = await (await open()).downloadUpdate()
        downloaded = files[0] ?? ''
        return become({ kind: 'ready', version: found.version })
      })
    },
    install: () => {
      if (state.kind !== 'ready') return
      void open()
        .then(async (ready) => {
          if (options.installed === 'app-image') await replaceApp(options.self, downloaded)
          else if (!ready.install(true, true)) throw new Error('the installer did not start')
          options.quit()
        })
        .catch((error: unknown) => {
          log.warn('Not installed', { error })
          become({ kind: 'failed', text: text('failed') })
        })
    },
    onChange: (listener) => {
      listeners.push(listener)
    },
  }
}
