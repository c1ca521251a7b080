import { createRequire } from 'node:module'
import type Sharp from 'sharp'

const load = createRequire(import.meta.url)

let loaded: typeof Sharp | null = null

/**
 * sharp, loaded with the first picture: reading it takes a tenth of a second, which neither a window that opens nor a
 * command that only looks at clips should wait for.
 */
export const sharpWhenNeeded = (): typeof Sharp => {
  if (loaded === null) {
    loaded = load('sharp') as typeof Sharp
    // Nothing is read twice: a cache would only hold memory.
    loaded.cache(false)
  }
  return loaded
}
