import type { Answer, AnswerError, Text } from '../../preload/contract'

/** An answer that said no; carries what the person is told and what they can do. */
export class AnswerFailure extends Error {
  override readonly name = 'AnswerFailure'
  constructor(readonly error: AnswerError) {
    super(`${error.code}: ${error.message}`)
  }

  get text(): Text {
    return this.error.text
  }
}

/** The value of an answer; throws `AnswerFailure` when it is an error. */
export const answered = async <T>(answer: Promise<Answer<T>>): Promise<T> => {
  const settled = await answer
  if (settled.ok) return settled.value
  throw new AnswerFailure(settled.error)
}

/** Whether work ended because the person stopped it: nothing to report. */
export const wasCancelled = (error: unknown): boolean =>
  error instanceof AnswerFailure && error.error.code === 'cancelled'
