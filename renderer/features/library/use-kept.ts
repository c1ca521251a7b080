import { useCallback, useState } from 'react'
import { create } from 'zustand'

const useValues = create<Readonly<Record<string, unknown>>>(() => ({}))

/** State that survives leaving the screen, until the window closes. `initial` must be a constant. */
export const useKept = <T>(
  name: string,
  initial: T,
): [T, (next: T | ((before: T) => T)) => void] => {
  const pick = (values: Readonly<Record<string, unknown>>) => (values[name] ?? initial) as T
  const change = useCallback(
    (next: T | ((before: T) => T)) =>
      useValues.setState(({ [name]: before = initial }) => ({
        [name]: typeof next === 'function' ? (next as (before: T) => T)(before as T) : next,
      })),
    [name, initial],
  )
  return [useValues(pick), change]
}

/** State that is stored for the next session; without storage it lives until the component unmounts. */
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
    // Storage is not available: the default is used.
    return null
  }
}

const write = (key: string, value: string): void => {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Storage is not available or full: the value stays in memory.
  }
}
