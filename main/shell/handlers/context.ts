import type { App } from 'electron'
import type { Channels, Handlers, ToolState } from '../../../preload/contract'
import type { Home } from '../../home'
import type { Services } from '../../services/services'
import type { Dialogs } from '../dialogs'
import type { Call } from '../ipc'
import type { Operations } from '../operations'
import type { Queue } from '../queue'
import type { Updates } from '../updates'

export type Tool = 'ffmpeg' | 'ffprobe'

/** What the handlers depend on. */
export interface HandlerContext {
  services: Services
  home: Home
  app: App
  dialogs: Dialogs
  operations: Operations
  toolState: (tool: Tool) => Promise<ToolState>
  queue: Queue
  /** The person has gone past the first screen of a new home. */
  welcomed: () => void
  /** A report for finding faults, about an error where one is given. */
  report: (errorId: string | null) => Promise<string>
  updates: Updates
}

/** The handlers of one group of channels. */
export type Group<G extends keyof Channels> = Handlers<Call>[G]
