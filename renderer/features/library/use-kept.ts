import { useCallback, useState } from 'react'

const kept = new Map<string, unknown>()

/** State that is still there when the screen is shown again, until the window closes. */
export const useKept = <T>(
  name: string,
  initial: T,
): [T, (next: T | ((before: T) => T)) => void] => {
  const [value, setValue] = useState<T>(() => (kept.has(name) ? (kept.get(name) as T) : initial))
  const change = useCallback(
    (next: T | ((before: T) => T)) =>
      setValue((before) => {
        const after = typeof next === 'function' ? (next as (before: T) => T)(before) : next
        kept.set(name, after)
        return after
      }),
    [name],
  )
  return [value, change]
}

/** State that is still there in the next session; nothing is lost where storage is refused but the memory. */
export const useRemembered = <T extends string | number | boolean>(
  name: string,
  parse: (stored: unknown) => T,
): [T, (next: T) => void] => {
  const key = `reshoot.${name}`
  const [value, setValue] = useState<T>(() => parse(read(key)))
  const change = useCallback(
    (next: T) => {
      setValue(next)
      write(key, String(next))
    },
    [key],
  )
  return [value, change]
}

const read = (key: string): string | null => {
  try {
    return localStorage.getItem(key)
  } catch {
    // Refused by the browser: the default does.
    return null
  }
}

const write = (key: string, value: string): void => {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Refused or full: it is remembered until the window closes.
  }
}
