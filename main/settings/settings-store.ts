import { watch } from 'node:fs'
import path from 'node:path'
import { type ProviderId, type Settings, settings, type Text } from '../../preload/contract'
import { type Language, languageOf } from '../../preload/contract/language/languages'
import type { Clock } from '../clock'
import { readIfPresent, setAside, stampOf, writeAtomically } from '../files/atomic-file'
import type { Log } from '../log'
import type { SettingsStore } from './settings'

export interface SettingsStoreOptions {
  file: string
  /** The computer's locale, for the language 'system'. */
  locale: () => string | undefined
  /** The provider while the person has chosen none. */
  defaultProvider: () => ProviderId
  clock: Pick<Clock, 'now'>
  log: Log
  notice: (text: Text) => void
}

/** What the person set; all else follows the defaults, also those of a later version. */
type Chosen = Partial<Settings>

export interface OpenSettingsStore extends SettingsStore {
  /** Tells listeners that what `get` answers may have changed, for example because a key came or went. */
  announce: () => void
  close: () => void
}

/**
 * Settings in a JSON file that window and command line share.
 *
 * Every `get` looks whether another process wrote it. What cannot be understood is kept aside
 * under a dated name, what can be understood stays in use, and the person is told.
 */
export const createSettingsStore = (options: SettingsStoreOptions): OpenSettingsStore => {
  const { file, log } = options
  const listeners = new Set<(settings: Settings) => void>()
  let chosen: Chosen = {}
  let stamp: string | null = null

  const refresh = (): boolean => {
    const seen = stampOf(file)
    if (seen === stamp) return false
    chosen = readChosen(options)
    stamp = seen // not before: a file that could not be read is read again, never written over
    return true
  }

  const complete = (): Settings =>
    settings.parse({ ...chosen, provider: chosen.provider ?? options.defaultProvider() })

  const tell = (): void => {
    const value = complete()
    for (const listener of listeners) listener(value)
  }

  const watcher = watchFile(file, log, () => {
    if (refresh()) tell()
  })

  return {
    get: () => {
      refresh()
      return complete()
    },
    set: (patch) => {
      refresh()
      const next = { ...chosen, ...patch }
      writeAtomically(file, `${JSON.stringify(next, null, 2)}\n`)
      chosen = next
      stamp = stampOf(file)
      tell()
      return complete()
    },
    language: () => {
      refresh()
      return resolveLanguage(complete(), options.locale())
    },
    onChange: (listener) => {
      listeners.add(listener)
      watcher.start()
      return () => listeners.delete(listener)
    },
    announce: tell,
    close: () => {
      listeners.clear()
      watcher.stop()
    },
  }
}

const resolveLanguage = (value: Settings, locale: string | undefined): Language =>
  value.language === 'system' ? languageOf(locale) : value.language

const readChosen = ({ file, clock, log, notice }: SettingsStoreOptions): Chosen => {
  const content = readIfPresent(file)
  if (content === null) return {}
  const { chosen, broken } = parseChosen(content)
  if (broken.length > 0) {
    const copy = setAside(file, clock.now())
    log.warn('settings could not be read completely', { broken, copy })
    notice({ key: 'notice.settings_set_aside', values: { file: copy } })
  }
  return chosen
}

/** Each setting by itself, so that one that is broken does not cost the others. */
const parseChosen = (content: string): { chosen: Chosen; broken: string[] } => {
  let stored: unknown
  try {
    stored = JSON.parse(content)
  } catch {
    return { chosen: {}, broken: ['*'] }
  }
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored))
    return { chosen: {}, broken: ['*'] }
  const kept: Record<string, unknown> = {}
  const broken: string[] = []
  const shapes: Record<string, { safeParse: (value: unknown) => { success: boolean } }> =
    settings.shape
  for (const [name, value] of Object.entries(stored)) {
    const shape = shapes[name]
    if (!shape || shape.safeParse(value).success) kept[name] = value
    else broken.push(name)
  }
  return { chosen: kept, broken }
}

/** Watches the folder, because an atomic write replaces the file. Never keeps the process alive. */
const watchFile = (file: string, log: Log, onChange: () => void) => {
  let watcher: ReturnType<typeof watch> | null = null
  return {
    start: () => {
      if (watcher) return
      try {
        watcher = watch(path.dirname(file), { persistent: false }, (_event, name) => {
          if (name === null || name === path.basename(file)) onChange()
        })
        watcher.on('error', (error) => log.warn('settings are not watched any more', { error }))
      } catch (error) {
        // No watches left (Linux has a limit): changes are still seen at the next `get`.
        log.warn('settings cannot be watched', { error })
      }
    },
    stop: () => {
      watcher?.close()
      watcher = null
    },
  }
}
