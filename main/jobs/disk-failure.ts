import { accessSync, constants } from 'node:fs'
import { hasCode, pathOf } from '../files/errno'
import type { Drive } from './drive'
import { localFailure, PhaseFailedError } from './job-failures'

const closed = ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EEXIST']

/**
 * What a full disk means for a person; null for anything else.
 * @param needed bytes
 */
export const fullDisk = (
  error: unknown,
  folder: string,
  needed: number,
): PhaseFailedError | null => {
  if (!hasCode(error, 'ENOSPC', 'EDQUOT')) return null
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
  if (full || !hasCode(error, ...closed)) return full
  return new PhaseFailedError(localFailure('folder', 'choose-folder', { folder }), { cause: error })
}

/** The folder results go to, made when missing. Throws `PhaseFailedError` when nothing can be put there. */
export const libraryFolder = ({ ports }: Pick<Drive, 'ports'>): string => {
  try {
    const folder = ports.library.folder()
    accessSync(folder, constants.W_OK)
    return folder
  } catch (error) {
    const path = pathOf(error)
    throw diskFailure(error, path, 0) ?? error
  }
}
