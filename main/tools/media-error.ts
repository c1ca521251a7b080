import type { Text } from '../../preload/contract'

/** Why a tool failed. The sentences are `media.<cause>` in preload/contract/language/en/files.ts. */
type MediaCause =
  | 'tool-missing'
  | 'tool-wrong'
  | 'tool-crashed'
  | 'no-answer'
  | 'failed'
  | 'failed-unread'
  | 'failed-damaged'
  | 'failed-lacking'
  | 'timeout'
  | 'not-possible'
  | 'no-space'
  | 'too-large'

/**
 * A failed tool: `text` is the sentence to show, in our words; `detail` holds the tool's last lines. A sentence that
 * begins with `media.failed` has them as its value `tool` too, for a fold below it.
 */
export class MediaError extends Error {
  override readonly name = 'MediaError'
  constructor(
    readonly text: Text,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`${text.key}: ${detail}`, options)
  }
}

/** A MediaError with the sentence for its cause. */
export const mediaError = (
  cause: MediaCause,
  values: Record<string, string | number>,
  detail: string,
  reason?: unknown,
): MediaError =>
  new MediaError(
    { key: `media.${cause}`, values },
    detail,
    reason === undefined ? {} : { cause: reason },
  )
