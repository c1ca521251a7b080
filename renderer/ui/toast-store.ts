/** A line that appears above everything and goes by itself. */
export interface ToastMessage {
  id: number
  level: 'info' | 'pass' | 'warn' | 'fail'
  text: string
  /** One verb beside the text. */
  action?: { label: string; run: () => void } | undefined
}

let messages: readonly ToastMessage[] = []
let lastId = 0
const listeners = new Set<() => void>()

const change = (next: readonly ToastMessage[]) => {
  messages = next
  for (const listener of listeners) listener()
}

/** Shows a message; the same text is not shown twice at a time. */
export const toast = (message: Omit<ToastMessage, 'id'>): void => {
  lastId += 1
  const others = messages.filter(({ text }) => text !== message.text)
  change([...others, { ...message, id: lastId }].slice(-4))
}

export const dismissToast = (id: number): void => change(messages.filter((one) => one.id !== id))

export const toastStore = {
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  get: () => messages,
}
