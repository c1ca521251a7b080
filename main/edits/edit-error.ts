import type { FailureAction, Text } from '../../preload/contract'

/** Something that cannot be done with a person's files or edit, said in a text for them. */
export class EditError extends Error {
  override readonly name = 'EditError'
  constructor(
    readonly text: Text,
    readonly action: FailureAction = 'none',
  ) {
    super(text.key)
  }
}
