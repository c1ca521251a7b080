import { type AnswerError, type FailureAction, failureAction, text } from '../../preload/contract'
import { databaseWords } from '../database/database-words'
import { codeOf, hasCode, pathOf } from '../files/errno'
import { type Log, logUnexpected } from '../log'
import { ProviderError } from '../providers/provider'

/** A request that cannot be fulfilled, with the reason for the person. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest'
  constructor(
    readonly text: AnswerError['text'],
    readonly action: FailureAction = 'none',
  ) {
    super(text.key)
  }
}

/** Sentence and action for error codes of the system. */
const systemErrors: Record<string, { key: string; action: FailureAction }> = {
  ENOSPC: { key: 'shell.error.noSpace', action: 'free-space' },
  EDQUOT: { key: 'shell.error.noSpace', action: 'free-space' },
  EACCES: { key: 'shell.error.notAllowed', action: 'choose-folder' },
  EPERM: { key: 'shell.error.notAllowed', action: 'choose-folder' },
  EROFS: { key: 'shell.error.notAllowed', action: 'choose-folder' },
  EISDIR: { key: 'shell.error.isFolder', action: 'none' },
  ENOENT: { key: 'shell.error.fileGone', action: 'none' },
}

/**
 * Converts a thrown value into the error of an answer.
 *
 * An error with a text for the person passes it on. Any other is unexpected: it is logged under a short id, and the
 * person sees that id.
 */
export const describeError = (
  error: unknown,
  channel: string,
  log: Pick<Log, 'error'>,
): AnswerError => {
  if (error instanceof Error && error.name === 'AbortError') {
    const text = say('shell.error.cancelled')
    return { code: 'cancelled', message: 'Cancelled', text, action: 'none' }
  }
  if (error instanceof ProviderError) {
    const { kind, text, action } = error.failure
    return { code: kind, message: error.message, text, action }
  }
  return (
    withText(error) ?? fromDatabase(error) ?? fromSystem(error) ?? unexpected(error, channel, log)
  )
}

/** Why the app cannot start: what the error itself, the database or the system says; null for any other error. */
export const startText = (error: unknown): AnswerError['text'] | null => {
  // A missing folder is no file of the person that was moved.
  const system = hasCode(error, 'ENOENT') ? null : fromSystem(error)
  return (withText(error) ?? fromDatabase(error) ?? system)?.text ?? null
}

const withText = (error: unknown): AnswerError | null => {
  if (!(error instanceof Error) || !('text' in error)) return null
  const words = text.safeParse(error.text)
  if (!words.success) return null
  const action = failureAction.safeParse('action' in error ? error.action : undefined)
  return {
    code: error.name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase(),
    message: words.data.key,
    text: words.data,
    ...(action.success ? { action: action.data } : null),
  }
}

const fromDatabase = (error: unknown): AnswerError | null => {
  const text = databaseWords(error)
  return text && { code: 'database', message: text.key, text, action: 'try-again' }
}

const fromSystem = (error: unknown): AnswerError | null => {
  const code = codeOf(error)
  const known = code === null ? undefined : systemErrors[code]
  if (code === null || !known) return null
  const text = say(known.key, { file: pathOf(error) })
  return { code, message: code, text, action: known.action }
}

const unexpected = (error: unknown, channel: string, log: Pick<Log, 'error'>): AnswerError => {
  const id = logUnexpected(log, 'Unexpected error', { channel, error })
  const message = `Unexpected error, see the log: ${id}`
  const text = say('shell.error.unexpected', { id })
  return { code: 'unexpected', message, text, action: 'try-again' }
}

const say = (key: string, values: Record<string, string> = {}) => ({ key, values })
