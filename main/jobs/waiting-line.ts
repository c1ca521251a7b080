import type { Text } from '../../preload/contract'

/** Edits of one service that wait for their turn, and why, as the first in line has found out. */
export interface WaitingLine {
  /** Hears why from now on, and at once where it is known; gives the way out of the line. */
  join: (hear: (why: Text) => void) => () => void
  /** Tells everybody in line; null when the first one goes on, which the others see when it is their turn. */
  say: (why: Text | null) => void
}

export const createWaitingLine = (): WaitingLine => {
  const waiting = new Set<(why: Text) => void>()
  let known: Text | null = null
  return {
    join: (hear) => {
      waiting.add(hear)
      if (known) hear(known)
      return () => waiting.delete(hear)
    },
    say: (why) => {
      if (why && known?.key !== why.key) for (const hear of waiting) hear(why)
      known = why
    },
  }
}
