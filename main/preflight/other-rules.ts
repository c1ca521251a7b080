import { type Finding, type OtherFacts, wan27 } from '../../preload/contract'
import { contentKey } from './content-name'
import { looksLikeClip } from './file-names'
import { findingOf } from './judgement'

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
          limit: wan27.edit.clip.containers.join(', '),
          variant: 'other',
          values,
        }),
      ]
    : [
        findingOf('format', {
          level: 'fail',
          measured,
          limit: wan27.edit.image.formats.join(', '),
          variant: 'other',
          values,
        }),
      ]
}
