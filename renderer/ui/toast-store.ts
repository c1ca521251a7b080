import { create } from 'zustand'

interface ToastMessage {
  id: number
  level: 'info' | 'pass' | 'warn' | 'fail'
  text: string
  /** What a tool wrote, in a fold below the text. */
  details?: string | undefined
  /** A button beside the text. */
  action?: { label: string; run: () => void } | undefined
}

export const useToasts = create<readonly ToastMessage[]>(() => [])

let lastId = 0

/** How long a toast stays, in milliseconds. */
export const staysFor = (level: ToastMessage['level']): number => (level === 'fail' ? 12_000 : 6000)

/** Shows a message for a few seconds; it replaces one with the same text. */
export const toast = (message: Omit<ToastMessage, 'id'>): void => {
  lastId += 1
  const added = { ...message, id: lastId }
  useToasts.setState(
    (messages) => [...messages.filter(({ text }) => text !== message.text), added].slice(-4),
    true,
  )
}

export const dismissToast = (id: number): void =>
  useToasts.setState((messages) => messages.filter((message) => message.id !== id), true)
