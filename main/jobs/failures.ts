import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import type { Failure, FailureAction, Text } from '../../preload/contract'
import { hasCode, pathOf } from '../files/errno'
import type { Library } from '../library/library'

/** A request about a job that cannot be carried out; `text` is shown to the person. */
export class JobError extends Error {
  override readonly name = 'JobError'
  constructor(
    readonly code: string,
    readonly text: Text,
    readonly action: FailureAction = 'none',
  ) {
    super(text.key)
  }
}

export const jobError = (cause: string, values: Text['values'] = {}): JobError =>
  new JobError(cause, { key: `job.${cause}`, values })

/** A failure on this computer, not of a provider. */
export const localFailure = (
  cause: string,
  action: FailureAction,
  values: Text['values'] = {},
): Failure => ({ kind: 'local', text: { key: `job.${cause}`, values }, action, provider: null })

/** Thrown by a phase that cannot continue: the job ends with this failure. */
export class PhaseFailedError extends Error {
  override readonly name = 'PhaseFailedError'
  constructor(
    readonly failure: Failure,
    options?: ErrorOptions,
  ) {
    super(failure.text.key, options)
  }
}

/** A failure because the provider no longer has the task or its result. */
export const goneFailure = (cause: string, action: FailureAction, values: Text['values'] = {}) => ({
  ...localFailure(cause, action, values),
  kind: 'gone' as const,
})

const noAccessCodes = ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EEXIST']

/** Too little space in a folder. `needed` and `free` in bytes. */
const noSpace = (folder: string, needed: number, free: number, cause?: unknown): PhaseFailedError =>
  new PhaseFailedError(
    localFailure('noSpace', 'free-space', {
      folder,
      needed: Math.ceil(needed / 1e6),
      free: Math.floor(free / 1e6),
    }),
    { cause },
  )

/** Throws a `PhaseFailedError` if the disk of a folder has fewer free bytes than `needed`. */
export const requireSpace = async (
  { freeBytes }: { freeBytes: (folder: string) => Promise<number> },
  folder: string,
  needed: number,
): Promise<void> => {
  const free = await freeBytes(folder)
  if (free < needed) throw noSpace(folder, needed, free)
}

/** The failure for a full disk; null for any other error. `needed` in bytes. */
export const fullDisk = (
  error: unknown,
  folder: string,
  needed: number,
): PhaseFailedError | null =>
  hasCode(error, 'ENOSPC', 'EDQUOT') ? noSpace(folder, needed, 0, error) : null

/** The failure for a full disk or a folder without write access; null for any other error. `needed` in bytes. */
export const diskFailure = (
  error: unknown,
  folder: string,
  needed: number,
): PhaseFailedError | null => {
  const full = fullDisk(error, folder, needed)
  if (full || !hasCode(error, ...noAccessCodes)) return full
  return new PhaseFailedError(localFailure('folder', 'choose-folder', { folder }), { cause: error })
}

/** The folder for results. Throws `PhaseFailedError` if it cannot be written. */
export const libraryFolder = (library: Pick<Library, 'makeFolder'>): string => {
  try {
    const folder = library.makeFolder()
    accessSync(`${folder}${path.sep}`, constants.W_OK) // also refuses a file in its place
    return folder
  } catch (error) {
    throw diskFailure(error, path.resolve(pathOf(error)), 0) ?? error
  }
}
