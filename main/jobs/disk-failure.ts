import { accessSync, constants } from 'node:fs'
import type { Drive } from './drive'
import { localFailure, PhaseFailedError } from './job-failures'

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

const closed = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EEXIST'])

/**
 * What a full disk means for a person; null for anything else.
 * @param needed bytes
 */
export const fullDisk = (
  error: unknown,
  folder: string,
  needed: number,
): PhaseFailedError | null => {
  const code = codeOf(error)
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return null
  return new PhaseFailedError(
    localFailure('noSpace', 'free-space', { folder, needed: Math.ceil(needed / 1e6), free: 0 }),
    { cause: error },
  )
}

/**
 * What a full or closed disk means for a person; null for anything else.
 * @param needed bytes
 */
export const diskFailure = (
  error: unknown,
  folder: string,
  needed: number,
): PhaseFailedError | null => {
  const full = fullDisk(error, folder, needed)
  if (full || !closed.has(codeOf(error))) return full
  return new PhaseFailedError(localFailure('folder', 'choose-folder', { folder }), { cause: error })
}

/** The folder results go to, made when missing. Throws `PhaseFailedError` when nothing can be put there. */
export const libraryFolder = ({ ports }: Pick<Drive, 'ports'>): string => {
  try {
    const folder = ports.library.folder()
    accessSync(folder, constants.W_OK)
    return folder
  } catch (error) {
    const path = error instanceof Error && 'path' in error ? String(error.path) : ''
    throw diskFailure(error, path, 0) ?? error
  }
}
