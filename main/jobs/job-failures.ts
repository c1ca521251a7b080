import type { Failure, FailureAction, Text } from '../../preload/contract'

/** Something a person asked of a job that cannot be done, in words for them. */
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

/** A failure of ours: no provider was asked, or none is to blame. */
export const localFailure = (
  cause: string,
  action: FailureAction,
  values: Text['values'] = {},
): Failure => ({ kind: 'local', text: { key: `job.${cause}`, values }, action, provider: null })

/** Thrown by a phase that cannot go on: the job ends with this failure. */
export class PhaseFailedError extends Error {
  override readonly name = 'PhaseFailedError'
  constructor(
    readonly failure: Failure,
    options?: ErrorOptions,
  ) {
    super(failure.text.key, options)
  }
}

/** What the provider's list said when it settled a lost answer. */
export const goneFailure = (cause: string, action: FailureAction, values: Text['values'] = {}) => ({
  ...localFailure(cause, action, values),
  kind: 'gone' as const,
})
