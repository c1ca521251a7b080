import { chmodSync, existsSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { inside } from './files/inside'
import { makeFolder } from './files/make-folder'
import { readIfPresent } from './files/read'

/** Where the app keeps its files. Absolute paths. */
export type Home = ReturnType<typeof homeAt>

/** The still of a clip or image; `modifiedAt` (ms since the epoch) tells its versions apart. */
export const mediaPoster = ({ posters }: Pick<Home, 'posters'>, id: string, modifiedAt: number) =>
  inside(posters, `${id}-${Math.round(modifiedAt)}.jpg`)

/** The still of a job's clip. */
export const jobPoster = ({ posters }: Pick<Home, 'posters'>, jobId: string): string =>
  inside(posters, `job-${jobId}.jpg`)

export const resultPoster = ({ posters }: Pick<Home, 'posters'>, resultId: string): string =>
  inside(posters, `result-${resultId}.jpg`)

/** A job's clip as it was sent. */
export const sentClip = ({ sent }: Pick<Home, 'sent'>, jobId: string): string =>
  inside(sent, `${jobId}.mp4`)

/**
 * Decides where everything is kept. Needs no Electron, and reads only XDG's `user-dirs.dirs`.
 *
 * The default is what Electron calls `userData` for an app named Reshoot. A chosen home also holds the library, so
 * that a trial leaves nothing elsewhere.
 */
export const resolveHome = ({
  home,
  env,
  platform = process.platform,
  userFolder = homedir(),
}: {
  /** From `--home`. It takes precedence over `RESHOOT_HOME` of the environment. */
  home?: string | undefined
  env: NodeJS.ProcessEnv
  platform?: NodeJS.Platform
  userFolder?: string
}): Home => {
  const chosen = home || env['RESHOOT_HOME']
  if (chosen) return homeAt(path.resolve(chosen), path.resolve(chosen, 'library'))
  return homeAt(
    path.join(appDataFolder(platform, userFolder, env), 'Reshoot'),
    path.join(videosFolder(platform, userFolder, env), 'Reshoot'),
  )
}

/** Whether nothing has used the home yet, neither a window nor a command that keeps anything. */
export const isNewHome = ({ database, settings, secrets }: Home): boolean =>
  ![database, settings, secrets].some((file) => existsSync(file))

/** Makes the home and its folders, and lets only the user read them and the files with state. Throws system errors. */
export const makeHome = (home: Home): void => {
  const { folder, prepared, posters, filmstrips, proxies, pasted, sent, sandbox, logs } = home
  for (const each of [
    folder,
    prepared,
    posters,
    filmstrips,
    proxies,
    pasted,
    sent,
    sandbox,
    logs,
  ]) {
    makeFolder(each, 0o700)
    keepPrivate(each, 0o700)
  }
  const { database, settings, secrets, tools, windowState, starts } = home
  for (const file of [
    database,
    `${database}-wal`,
    `${database}-shm`,
    settings,
    secrets,
    tools,
    windowState,
    starts,
  ])
    keepPrivate(file, 0o600)
}

/**
 * Takes the rights of other users away: an earlier version, or a person, may have made it for all to read. Not those of a
 * folder that is shared (/tmp) or that is the person's whole home, which somebody may have chosen.
 */
const keepPrivate = (file: string, mode: number): void => {
  try {
    const found = statSync(file)
    const isShared =
      (found.mode & 0o1000) !== 0 || file === homedir() || path.dirname(file) === file
    if ((found.mode & 0o077) !== 0 && !isShared) chmodSync(file, mode)
  } catch {
    // Missing, another user's, or on a disk without rights.
  }
}

const homeAt = (folder: string, libraryFolder: string) => ({
  folder,
  /** Results, unless Settings name another folder. */
  libraryFolder,
  database: path.join(folder, 'reshoot.db'),
  settings: path.join(folder, 'settings.json'),
  secrets: path.join(folder, 'secrets.json'),
  /** What was found out about the ffmpegs of this computer. */
  tools: path.join(folder, 'tools.json'),
  /** What was measured of files. */
  facts: path.join(folder, 'facts.jsonl'),
  /** The window's position and its theme. */
  windowState: path.join(folder, 'window.json'),
  /** The last starts of the window and how they ended. */
  starts: path.join(folder, 'starts.json'),
  /** Cached results of selections and fixes. */
  prepared: path.join(folder, 'prepared'),
  /** Stills of clips, jobs and results. */
  posters: path.join(folder, 'posters'),
  filmstrips: path.join(folder, 'filmstrips'),
  /** Copies of clips that Chromium cannot play. */
  proxies: path.join(folder, 'proxies'),
  /** Images that were pasted. */
  pasted: path.join(folder, 'pasted'),
  /** Clips as they were sent, to compare with the results. */
  sent: path.join(folder, 'sent'),
  /** Uploads in parts that are not complete. */
  uploads: path.join(folder, 'uploads'),
  sandbox: path.join(folder, 'sandbox'),
  /** A newer Reshoot that was downloaded. */
  updates: path.join(folder, 'updates'),
  logs: path.join(folder, 'logs'),
  /** Chromium's own files. */
  session: path.join(folder, 'session'),
  /** Code that V8 has compiled. */
  compiled: path.join(folder, 'session', 'compiled'),
})

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

/** `XDG_VIDEOS_DIR="$HOME/…"` as xdg-user-dirs writes it; null if there is none. */
const xdgVideos = (user: string, env: NodeJS.ProcessEnv): string | null => {
  const config = absolute(env['XDG_CONFIG_HOME']) ?? path.join(user, '.config')
  let text: string | null
  try {
    text = readIfPresent(path.join(config, 'user-dirs.dirs'))
  } catch {
    return null
  }
  const value = /^\s*XDG_VIDEOS_DIR="([^"]*)"/m.exec(text ?? '')?.[1]
  if (!value) return null
  const folder = value.replace(/^\$HOME(?=\/|$)/, user)
  // xdg-user-dirs writes "$HOME" for a folder that was switched off.
  return path.isAbsolute(folder) && path.resolve(folder) !== path.resolve(user) ? folder : null
}

const absolute = (folder: string | undefined): string | null =>
  folder && path.isAbsolute(folder) ? folder : null
