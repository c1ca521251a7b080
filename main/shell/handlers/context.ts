import type { App, BrowserWindow } from 'electron'
import type { Language, ToolState } from '../../../preload/contract'
import type { Home } from '../../home'
import type { Services } from '../../services/services'
import type { Dialogs } from '../dialogs'
import type { Operations } from '../operations'
import type { Tool } from './tool-state'

/** What the handlers work with. */
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
