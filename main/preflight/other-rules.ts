import type { Finding, OtherFacts } from '../../preload/contract'
import { contentKey } from './content-name'
import { looksLikeClip } from './file-names'
import { findingOf } from './judgement'
import { clipLimits, imageLimits } from './limits'

/** The one thing to say of a file that is neither a clip nor an image. */
export const otherFindings = (facts: OtherFacts, name: string): Finding[] => {
  if (facts.unreadable !== null) {
    return [
      findingOf('readable', {
        level: 'fail',
        measured: facts.unreadable,
        limit: true,
        variant: facts.unreadable,
      }),
    ]
  }
  const measured = facts.format ?? 'unknown'
  const values = { content: contentKey(facts.format) }
  return looksLikeClip(name)
    ? [
        findingOf('container', {
          level: 'fail',
          measured,
          limit: clipLimits.containers.join(', '),
          variant: 'other',
          values,
        }),
      ]
    : [
        findingOf('format', {
          level: 'fail',
          measured,
          limit: imageLimits.formats.join(', '),
          variant: 'other',
          values,
        }),
      ]
}
