import type { Channels, Handlers } from '../../../preload/contract'
import type { Call } from '../ipc'

/** The handlers of one group of channels. */
export type Group<G extends keyof Channels> = Handlers<Call>[G]
