import type { Clock } from '../../clock'
import { mayPass, plainFailure } from '../failures'
import { type LocalFile, ProviderError } from '../provider'
import { abortError, networkFailure } from './network-failures'

/** The file itself prevents its upload, so another attempt would not help. */
export class UploadFileError extends Error {
  override readonly name = 'UploadFileError'
  constructor(
    readonly reason: 'changed' | 'unreadable',
    options?: ErrorOptions,
  ) {
    super(`the file is ${reason}`, options)
  }
}

const attempts = 4
/** Milliseconds before the second attempt; doubles with each further one. */
const firstPause = 500
/** Longest wait of an upload, which keeps its place meanwhile. The job itself shows a longer one and lets others go first. */
const longestPause = 10_000

/** An error of an upload as a `ProviderError`: of the file, of the network, or unchanged. */
export const uploadError = (error: unknown, file: LocalFile, host: string): ProviderError => {
  if (error instanceof ProviderError) return error
  if (error instanceof UploadFileError) {
    const values = { name: file.name }
    const failure = plainFailure(`upload_${error.reason}`, values)
    return new ProviderError(failure, 'no', null, { cause: error })
  }
  return new ProviderError(networkFailure(error, host), 'no', null, { cause: error })
}

/**
 * Repeats a request of an upload after temporary trouble: uploads are free, unlike creates. A wait of more than 10 s is
 * left to the caller.
 *
 * Rejects with the last `ProviderError`, or with AbortError.
 */
export const withAttempts = async <T>(
  attempt: () => Promise<T>,
  around: {
    signal: AbortSignal
    clock: Clock
    errorOf: (error: unknown) => ProviderError
    /** Which errors besides temporary trouble deserve another attempt. */
    again?: (error: ProviderError) => boolean
  },
): Promise<T> => {
  const { signal, clock } = around
  for (let tried = 1; ; tried += 1) {
    try {
      signal.throwIfAborted()
      return await attempt()
    } catch (error) {
      if (signal.aborted) throw abortError(signal)
      const known = around.errorOf(error)
      const mayRepeat = mayPass(known.failure) || around.again?.(known)
      const pause = known.retryAfter ?? firstPause * 2 ** (tried - 1)
      if (tried === attempts || !mayRepeat || pause > longestPause) throw known
      await clock.sleep(pause, signal)
    }
  }
}
