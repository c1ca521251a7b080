import type { ReshootApi } from '../preload/contract'

declare global {
  interface Window {
    /** The preload's API, the page's only connection to main. */
    readonly reshoot: ReshootApi
  }
}
