import { type FSWatcher, watch } from 'node:fs'
import path from 'node:path'
import type { ProviderId, Settings } from '../../preload/contract'
import { languageOf } from '../../preload/contract/language/languages'
import { settings } from '../../preload/contract/settings'
import { createListeners } from '../listeners'
import type { SettingsStore } from './settings'
import { createSharedFile, type SharedFileOptions } from './shared-file'

interface SettingsStoreOptions extends SharedFileOptions {
  /** The computer's locale, for the language 'system'. */
  locale: () => string | undefined
  /** The provider while the person has chosen none. */
  defaultProvider: () => ProviderId
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
  const chosen = createSharedFile<Chosen>(options, 'notice.settings_set_aside', {}, parseChosen)

  const get = (): Settings => {
    const { provider = options.defaultProvider(), ...others } = chosen.get()
    return settings.parse({ ...others, provider })
  }

  const announce = (): void => listeners.emit(get())

  let watcher: FSWatcher | null = null
  /** Watches the folder, because an atomic write replaces the file. Does not keep the process alive. */
  const startWatching = (): void => {
    if (watcher) return
    try {
      watcher = watch(path.dirname(file), { persistent: false }, (_event, name) => {
        if ((name === null || name === path.basename(file)) && chosen.refresh()) announce()
      })
      watcher.on('error', (error) => log.warn('settings are not watched any more', { error }))
    } catch (error) {
      // Linux limits the number of watches. The next `get` still sees changes.
      log.warn('settings cannot be watched', { error })
    }
  }

  return {
    get,
    set: (patch) => {
      chosen.set({ ...chosen.get(), ...patch })
      announce()
      return get()
    },
    language: () => {
      const { language } = get()
      return language === 'system' ? languageOf(options.locale()) : language
    },
    onChange: (listener) => {
      startWatching()
      return listeners.subscribe(listener)
    },
    announce,
    close: () => {
      watcher?.close()
      watcher = null
    },
  }
}

/** Parses each setting by itself, so that an invalid one does not affect the others. */
const parseChosen = (stored: unknown): { value: Chosen; broken: string[] } => {
  const { error } = settings.safeParse(stored)
  const broken = new Set(error?.issues.map(({ path: [name = '*'] }) => String(name)))
  const kept = broken.has('*')
    ? []
    : Object.entries(Object(stored)).filter(([name]) => !broken.has(name))
  return { value: Object.fromEntries(kept), broken: [...broken] }
}
