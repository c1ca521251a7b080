import type { FailureAction, Text } from '../../preload/contract'

/** A request about files or an edit that cannot be carried out; `text` is shown to the person. */
export class EditError extends Error {
  override readonly name = 'EditError'
  constructor(
    readonly text: Text,
    readonly action: FailureAction = 'none',
  ) {
    super(text.key)
  }
}
