import { watch } from 'node:fs'
import path from 'node:path'
import { type ProviderId, type Settings, settings, type Text } from '../../preload/contract'
import { type Language, languageOf } from '../../preload/contract/language/languages'
import type { Clock } from '../clock'
import { writeAtomically } from '../files/atomic'
import { readIfPresent, setAside, stampOf } from '../files/read'
import { createListeners } from '../listeners'
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

/** Settings that the person has changed; the others keep the defaults, also those of a later version. */
type Chosen = Partial<Settings>

export interface OpenSettingsStore extends SettingsStore {
  /** Notifies listeners that `get` may give something else, for example after a key was added or removed. */
  announce: () => void
  close: () => void
}

/**
 * Settings in a JSON file that window and command line share.
 *
 * Every `get` checks whether another process wrote it. A file with invalid settings is copied to a
 * dated name, the valid settings stay in use, and the person gets a notice.
 */
export const createSettingsStore = (options: SettingsStoreOptions): OpenSettingsStore => {
  const { file, log } = options
  const listeners = createListeners<Settings>(log)
  let chosen: Chosen = {}
  let stamp: string | null = null

  const refresh = (): boolean => {
    const seen = stampOf(file)
    if (seen === stamp) return false
    chosen = readChosen(options)
    stamp = seen // only now: a file that could not be read must be read again, not overwritten
    return true
  }

  const complete = (): Settings =>
    settings.parse({ ...chosen, provider: chosen.provider ?? options.defaultProvider() })

  const announce = (): void => listeners.emit(complete())

  const watcher = watchFile(file, log, () => {
    if (refresh()) announce()
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
      announce()
      return complete()
    },
    language: () => {
      refresh()
      return resolveLanguage(complete(), options.locale())
    },
    onChange: (listener) => {
      watcher.start()
      return listeners.subscribe(listener)
    },
    announce,
    close: watcher.stop,
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

/** Parses each setting by itself, so that an invalid one does not affect the others. */
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

/** Watches the folder, because an atomic write replaces the file. Does not keep the process alive. */
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
        // Linux limits the number of watches. The next `get` still sees changes.
        log.warn('settings cannot be watched', { error })
      }
    },
    stop: () => {
      watcher?.close()
      watcher = null
    },
  }
}
