import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { makeFolder } from './files/make-folder'

/** Where everything lives. Absolute paths. */
export interface Home {
  folder: string
  /** Where results go when Settings name no folder. */
  libraryFolder: string
  database: string
  settings: string
  secrets: string
  /** Outcomes of selections and fixes, cached. */
  prepared: string
  posters: string
  filmstrips: string
  /** Playable copies of clips that Chromium cannot play. */
  proxies: string
  /** Pasted images, which are files of the app's own. */
  pasted: string
  /** Clips as they were sent, to compare results with. */
  sent: string
  sandbox: string
  logs: string
}

export interface HomeRequest {
  /** From `--home`; `RESHOOT_HOME` of the environment comes after it. */
  home?: string | undefined
  env: NodeJS.ProcessEnv
  platform?: NodeJS.Platform
  /** The person's own folder; of the operating system when not given. */
  userFolder?: string
}

/**
 * Decides where everything lives, without Electron and without touching the disk beyond XDG's `user-dirs.dirs`.
 *
 * The default is what Electron calls `userData` for an app named Reshoot. A home of one's own
 * keeps the library inside, so that a trial leaves nothing elsewhere.
 */
export const resolveHome = (request: HomeRequest): Home => {
  const chosen = request.home || request.env['RESHOOT_HOME']
  if (chosen) {
    const folder = path.resolve(chosen)
    return homeAt(folder, path.join(folder, 'library'))
  }
  const platform = request.platform ?? process.platform
  const user = request.userFolder ?? homedir()
  return homeAt(
    path.join(appDataFolder(platform, user, request.env), 'Reshoot'),
    path.join(videosFolder(platform, user, request.env), 'Reshoot'),
  )
}

/** Makes the home and its folders, readable by the person alone. */
export const makeHome = (home: Home): void => {
  const folders = [
    home.prepared,
    home.posters,
    home.filmstrips,
    home.proxies,
    home.pasted,
    home.sent,
  ]
  for (const folder of [home.folder, ...folders, home.sandbox, home.logs]) makeFolder(folder, 0o700)
}

const homeAt = (folder: string, libraryFolder: string): Home => {
  const inside = (name: string) => path.join(folder, name)
  return {
    folder,
    libraryFolder,
    database: inside('reshoot.db'),
    settings: inside('settings.json'),
    secrets: inside('secrets.json'),
    prepared: inside('prepared'),
    posters: inside('posters'),
    filmstrips: inside('filmstrips'),
    proxies: inside('proxies'),
    pasted: inside('pasted'),
    sent: inside('sent'),
    sandbox: inside('sandbox'),
    logs: inside('logs'),
  }
}

const appDataFolder = (platform: NodeJS.Platform, user: string, env: NodeJS.ProcessEnv): string => {
  if (platform === 'darwin') return path.join(user, 'Library', 'Application Support')
  if (platform === 'win32') return env['APPDATA'] || path.join(user, 'AppData', 'Roaming')
  return absolute(env['XDG_CONFIG_HOME']) ?? path.join(user, '.config')
}

const videosFolder = (platform: NodeJS.Platform, user: string, env: NodeJS.ProcessEnv): string => {
  if (platform === 'darwin') return path.join(user, 'Movies')
  if (platform === 'win32') return path.join(env['USERPROFILE'] || user, 'Videos')
  return xdgVideos(user, env) ?? path.join(user, 'Videos')
}

/** `XDG_VIDEOS_DIR="$HOME/…"` as xdg-user-dirs writes it; null where there is none. */
const xdgVideos = (user: string, env: NodeJS.ProcessEnv): string | null => {
  const config = absolute(env['XDG_CONFIG_HOME']) ?? path.join(user, '.config')
  let text: string
  try {
    text = readFileSync(path.join(config, 'user-dirs.dirs'), 'utf8')
  } catch {
    return null // most machines without a desktop have no such file
  }
  const value = /^\s*XDG_VIDEOS_DIR="([^"]*)"/m.exec(text)?.[1]
  if (!value) return null
  const folder = value.replace(/^\$HOME(?=\/|$)/, user)
  // xdg-user-dirs says "$HOME" for a folder that was switched off.
  return path.isAbsolute(folder) && path.resolve(folder) !== path.resolve(user) ? folder : null
}

const absolute = (folder: string | undefined): string | null =>
  folder && path.isAbsolute(folder) ? folder : null
