import type { Clock } from '../../clock'
import { mayPass, plainFailure } from '../failures'
import { type Call, type LocalFile, ProviderError } from '../provider'
import { abortError } from './abort-error'
import { networkFailure } from './network-failures'
import { UploadFileError } from './upload-error'

const attempts = 4
/** Milliseconds; doubles from there. */
const firstPause = 500

/** What went wrong with an upload, as a `ProviderError`: of the file itself, of the network, or as it is. */
export function uploadError(error: unknown, file: LocalFile, host: string): ProviderError {
  if (error instanceof ProviderError) return error
  if (error instanceof UploadFileError) {
    const values = { name: file.name }
    const failure = plainFailure('local', 'fix-file', `upload_${error.reason}`, values)
    return new ProviderError(failure, 'no', null, { cause: error })
  }
  return new ProviderError(networkFailure(error, host), 'no', null, { cause: error })
}

/**
 * Uploads a file, again after passing trouble: uploads are free, unlike creates.
 *
 * Rejects with the last `ProviderError`, or with AbortError.
 */
export async function uploadWithAttempts(
  attempt: () => Promise<string>,
  around: {
    file: LocalFile
    call: Call
    clock: Clock
    /** Asked after a failure: the attempt itself may find out where it goes. */
    host: () => string
    /** What besides passing trouble is worth another attempt. */
    again?: (error: ProviderError) => boolean
  },
): Promise<string> {
  const { file, call, clock } = around
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (call.signal.aborted) throw abortError(call.signal)
      const known = uploadError(error, file, around.host())
      const isWorthAnother = mayPass(known.failure) || around.again?.(known)
      if (tried === attempts || !isWorthAnother) throw known
      await clock.sleep(known.retryAfter ?? firstPause * 2 ** (tried - 1), call.signal)
    }
  }
}
