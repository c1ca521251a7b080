import { MediaError } from '../media/media-tools'

/** What a tool could not do; the sentences are `media.<cause>` of the language tables. */
export type MediaCause =
  | 'tool-missing'
  | 'tool-wrong'
  | 'failed'
  | 'timeout'
  | 'not-possible'
  | 'no-space'
  | 'too-large'

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
