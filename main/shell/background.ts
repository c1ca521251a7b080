import type { BrowserWindow } from 'electron'
import type { Log } from '../log'
import { type BackgroundTray, createTray, hasTray, type TrayWords } from './tray'

/** What closing the window means. */
export type CloseMeaning = 'close' | 'keep-working'

/** With work in flight the window only goes out of sight; a real quit closes it whatever is going on. */
export const closeMeaning = (state: { quitting: boolean; active: number }): CloseMeaning =>
  !state.quitting && state.active > 0 ? 'keep-working' : 'close'

export interface BackgroundOptions {
  /** Jobs on their way. */
  active: () => number
  words: (active: number) => TrayWords
  /** Says to the desktop that work goes on, where no tray icon can. */
  tellWithoutTray: (active: number) => void
  show: () => void
  quit: () => void
  log: Pick<Log, 'info'>
}

/** Milliseconds the app stays after the last job ended out of sight, so that a notification can still be clicked. */
const lingering = 5 * 60_000

/** Keeps work going while the window is closed: an icon in the tray, or a notification where there is no tray. */
export const createBackground = (options: BackgroundOptions) => {
  let quitting = false
  let away = false
  let tray: BackgroundTray | null = null
  let farewell: NodeJS.Timeout | undefined

  const update = (): void => {
    if (!away) return
    const active = options.active()
    tray?.update(options.words(active))
    clearTimeout(farewell)
    if (active === 0) farewell = setTimeout(options.quit, lingering)
  }
  const leave = async (window: BrowserWindow): Promise<void> => {
    away = true
    window.hide()
    options.log.info('The window was closed, work goes on', { jobs: options.active() })
    const visible = await hasTray()
    if (!away || tray) return
    if (visible) tray = createTray(options.words(options.active()), options)
    else options.tellWithoutTray(options.active())
    update()
  }
  return {
    /** To be called with each window that opens. */
    watch: (window: BrowserWindow): void => {
      window.on('close', (event) => {
        if (closeMeaning({ quitting, active: options.active() }) === 'close') return
        event.preventDefault()
        void leave(window)
      })
      window.on('show', () => {
        away = false
        clearTimeout(farewell)
        tray?.remove()
        tray = null
      })
    },
    /** To be called when the number of jobs on their way may have changed. */
    update,
    /** From now on closing means closing. */
    quit: (): void => {
      quitting = true
      clearTimeout(farewell)
      tray?.remove()
      tray = null
    },
  }
}

export type Background = ReturnType<typeof createBackground>
