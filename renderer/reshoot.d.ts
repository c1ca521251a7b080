import type { ReshootApi } from '../preload/contract'

declare global {
  interface Window {
    /** What the preload exposes; the only way out of the page. */
    readonly reshoot: ReshootApi
  }
}
