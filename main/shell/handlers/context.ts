import type { App, BrowserWindow } from 'electron'
import type { Channels, Handlers, Language, ToolState } from '../../../preload/contract'
import type { Home } from '../../home'
import type { Services } from '../../services/services'
import type { Dialogs } from '../dialogs'
import type { Call } from '../ipc'
import type { Operations } from '../operations'

export type Tool = 'ffmpeg' | 'ffprobe'

/** What the handlers depend on. */
export interface HandlerContext {
  services: Services
  home: Home
  app: App
  window: () => BrowserWindow | null
  dialogs: Dialogs
  operations: Operations
  language: () => Language
  toolState: (tool: Tool) => Promise<ToolState>
}

/** The handlers of one group of channels. */
export type Group<G extends keyof Channels> = Handlers<Call>[G]
