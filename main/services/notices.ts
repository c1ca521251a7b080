import type { Text } from '../../preload/contract'
import type { Notice } from './types'

/** Lines for the person, kept until somebody listens. */
export interface Notices {
  tell: (level: Notice['level'], text: Text) => void
  onNotice: (listener: (notice: Notice) => void) => () => void
}

export const createNotices = (): Notices => {
  const listeners = new Set<(notice: Notice) => void>()
  const waiting: Notice[] = []
  return {
    tell: (level, text) => {
      const notice = { level, text }
      if (listeners.size === 0) waiting.push(notice)
      for (const listener of listeners) listener(notice)
    },
    onNotice: (listener) => {
      listeners.add(listener)
      for (const notice of waiting.splice(0)) listener(notice)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
