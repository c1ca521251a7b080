import { newErrorId } from '../../preload/contract/error-id'

/** Characters that the log gets of an error. */
const most = { message: 2_000, stack: 10_000 }

/** Logs an error of the page that nobody expected, and gives its id at once, for the sentence about it. */
export const noteFault = (error: unknown): string => {
  const id = newErrorId()
  const { message, stack = '' } = error instanceof Error ? error : { message: String(error) }
  const words = { message: message.slice(0, most.message), stack: stack.slice(0, most.stack) }
  // Without an answer nothing can be done: the sentence still has the id.
  void window.reshoot.app.fault({ id, ...words }).catch(() => {})
  return id
}
