import type { z } from 'zod'
import type { Channels, EventName, EventValue } from './channels'
import type { Answer } from './failure'

type Definition = { input: z.ZodType; output: z.ZodType }
type Verb<D extends Definition> =
  z.input<D['input']> extends void
    ? () => Promise<Answer<z.output<D['output']>>>
    : (input: z.input<D['input']>) => Promise<Answer<z.output<D['output']>>>

/** Every channel as a function: `reshoot.media.list()`. */
export type Verbs = {
  [G in keyof Channels]: {
    [V in keyof Channels[G]]: Channels[G][V] extends Definition ? Verb<Channels[G][V]> : never
  }
}

/** The API of the page: `window.reshoot`. */
export type ReshootApi = Verbs & {
  /** Subscribes to an event of main; gives the function that unsubscribes. */
  on: <E extends EventName>(event: E, listener: (value: EventValue<E>) => void) => () => void
  /** Adds dropped or chosen files by their paths; files without a path (pasted images) by their bytes. */
  addFiles: (files: readonly File[]) => ReturnType<Verbs['media']['add']>
  /** 'darwin', 'win32' or 'linux', for shortcut labels. */
  platform: string
}

/** The functions that main provides, one for each channel, with parsed input. */
export type Handlers<Context> = {
  [G in keyof Channels]: {
    [V in keyof Channels[G]]: Channels[G][V] extends Definition
      ? (
          input: z.output<Channels[G][V]['input']>,
          context: Context,
        ) => Promise<z.input<Channels[G][V]['output']>>
      : never
  }
}
