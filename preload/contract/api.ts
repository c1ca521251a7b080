import type { z } from 'zod'
import type { Channels, EventName, EventValue } from './channels'
import type { Answer } from './failure'

type Definition = { input: z.ZodType; output: z.ZodType }
type Verb<D extends Definition> =
  z.input<D['input']> extends void
    ? () => Promise<Answer<z.output<D['output']>>>
    : (input: z.input<D['input']>) => Promise<Answer<z.output<D['output']>>>

/** Every channel as a verb: `reshoot.media.list()`. */
export type Verbs = {
  [G in keyof Channels]: {
    [V in keyof Channels[G]]: Channels[G][V] extends Definition ? Verb<Channels[G][V]> : never
  }
}

/** All that a page can reach: `window.reshoot`. */
export type ReshootApi = Verbs & {
  /** Tells what main says without being asked; gives the way to stop listening. */
  on: <E extends EventName>(event: E, listener: (value: EventValue<E>) => void) => () => void
  /** Hands dropped or chosen files to main by their real paths; those without one (pasted images) by bytes. */
  addFiles: (files: readonly File[]) => ReturnType<Verbs['media']['add']>
  /** 'darwin', 'win32' or 'linux', for shortcut labels. */
  platform: string
}

type Group = keyof Channels

/** What main must provide for each channel, with parsed input. */
export type Handlers<Context> = {
  [G in Group]: {
    [V in keyof Channels[G]]: Channels[G][V] extends Definition
      ? (
          input: z.output<Channels[G][V]['input']>,
          context: Context,
        ) => Promise<z.input<Channels[G][V]['output']>>
      : never
  }
}
