import { type FailureRule, failureOf, plainFailure } from './failures'
import { ProviderError, type TaskStatus } from './provider'

/** The states of a provider by its words, in lower case. */
export type TaskStates = Record<string, Exclude<TaskStatus['status'], 'unknown'>>

/** What a provider's answer says about a task; which of it counts depends on the state. */
interface TaskAnswer
  extends Pick<Extract<TaskStatus, { status: 'succeeded' }>, 'requestId' | 'prompt'> {
  /** The provider's word for the state. */
  word: string
  /** Fraction 0..1. */
  progress: number | null
  resultUrl: string | null | undefined
  usage?: Extract<TaskStatus, { status: 'succeeded' }>['usage']
  error?: { code: string | null; message: string | null } | null | undefined
}

/**
 * The status of a task; an undocumented state becomes 'unknown' with the provider's word. Throws `ProviderError` for a
 * success without a result: another query may give it.
 */
export const taskStatus = (
  states: TaskStates,
  rules: readonly FailureRule[],
  { word, progress, requestId, resultUrl, error, usage = null, ...more }: TaskAnswer,
): TaskStatus => {
  const status = states[word.trim().toLowerCase()]
  switch (status) {
    case 'pending':
    case 'running':
      return { status, progress, requestId }
    case 'succeeded': {
      if (resultUrl) return { status, resultUrl, requestId, usage, ...more }
      const provider = { code: null, message: null, requestId, httpStatus: 200 }
      throw new ProviderError(plainFailure('answer_result-missing', {}, { provider }), 'refused')
    }
    case 'failed': {
      const { code, message } = error ?? { code: null, message: null }
      const failure = failureOf({ code, message, requestId, httpStatus: null }, rules)
      return { status, failure, requestId }
    }
    case 'cancelled':
      return { status, requestId }
    default:
      return { status: 'unknown', word, requestId }
  }
}
