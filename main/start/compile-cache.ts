import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { makeFolder } from '../files/make-folder'
import type { Home } from '../home'

/** Where V8 keeps what it made. */
export const compiledFolder = (home: Pick<Home, 'folder'>): string =>
  path.join(home.folder, 'session', 'compiled')

/**
 * Lets V8 keep what it makes of the app's files from now on, for the next start: reading that takes half the time
 * of making it again. A home that cannot be made is left for `makeHome` to tell of.
 */
export const keepCompiled = (
  home: Pick<Home, 'folder'>,
  enable: (folder: string) => unknown = enableCompileCache,
): void => {
  const folder = compiledFolder(home)
  try {
    // Node would make it readable by everybody, and never returns where /proc refuses (see `makeFolder`).
    makeFolder(folder, 0o700)
  } catch {
    return
  }
  enable(folder)
}
