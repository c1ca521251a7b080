import path from 'node:path'
import type { Rectangle } from 'electron'
import { writeAtomically } from '../files/atomic'
import { makeFolder } from '../files/make-folder'
import { readIfPresent } from '../files/read'

/** What the shell stores between starts. */
interface ShellState {
  /** Bounds of the window when not maximised, in screen pixels. */
  bounds: Rectangle | null
  maximized: boolean
  /** A copy of the setting, because the first frame is painted before settings are read. */
  theme: 'system' | 'light' | 'dark'
  /** Whether the person has still to go past the first screen of a new home. */
  welcome: boolean
  /** The last folder of each dialog, which Electron 43 and later no longer keeps. */
  folders: { open: string | null; save: string | null }
}

export type ShellStateStore = ReturnType<typeof openShellState>

/**
 * Opens the file of the window's state; an unreadable file gives the defaults.
 * Validates without zod, because this runs before the window opens and zod loads after it.
 */
export const openShellState = (file: string) => {
  let state = readShellState(readText(file))
  return {
    get: (): ShellState => state,
    set: (patch: Partial<ShellState>): void => {
      state = { ...state, ...patch }
      try {
        makeFolder(path.dirname(file), 0o700)
        writeAtomically(file, JSON.stringify(state))
      } catch {
        // A full or read-only disk: the bounds of the window are not worth an error message.
      }
    },
  }
}

const readText = (file: string): string => {
  try {
    return readIfPresent(file) ?? ''
  } catch {
    return '' // it is written anew
  }
}

/** Parses the stored state; each damaged part falls back to its default. */
export const readShellState = (text: string): ShellState => {
  const stored = asRecord(parse(text))
  const folders = asRecord(stored['folders'])
  return {
    bounds: readBounds(stored['bounds']),
    maximized: stored['maximized'] === true,
    theme: stored['theme'] === 'light' || stored['theme'] === 'dark' ? stored['theme'] : 'system',
    welcome: stored['welcome'] === true,
    folders: { open: asPath(folders['open']), save: asPath(folders['save']) },
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const asPath = (value: unknown): string | null =>
  typeof value === 'string' && path.isAbsolute(value) ? value : null

const readBounds = (value: unknown): Rectangle | null => {
  const { x, y, width, height } = asRecord(value)
  const isPixels = (number: unknown): number is number => Number.isInteger(number)
  return isPixels(x) && isPixels(y) && isPixels(width) && isPixels(height)
    ? { x, y, width, height }
    : null
}

/** Stored bounds, moved into the display they overlap; null when that display is absent. Screen pixels. */
export const fitBounds = (bounds: Rectangle, displays: readonly Rectangle[]): Rectangle | null => {
  const home = displays.find((display) => overlap(bounds, display) >= 10_000)
  if (!home) return null
  const width = Math.min(bounds.width, home.width)
  const height = Math.min(bounds.height, home.height)
  return {
    x: Math.max(home.x, Math.min(bounds.x, home.x + home.width - width)),
    y: Math.max(home.y, Math.min(bounds.y, home.y + home.height - height)),
    width,
    height,
  }
}

const overlap = (a: Rectangle, b: Rectangle): number => {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}
