import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Session } from 'electron'
import { securityHeaders } from './content-policy'
import { contentType } from './content-types'

export const appScheme = 'reshoot'
export const appUrl = `${appScheme}://app/index.html`

/** The file behind a `reshoot://app/…` URL; null when it is outside of the folder or not ours. */
export const pageFile = (url: string, folder: string): string | null => {
  if (!URL.canParse(url)) return null
  const { host, pathname } = new URL(url)
  if (host !== 'app') return null
  let name: string
  try {
    name = decodeURIComponent(pathname)
  } catch {
    return null // %zz is no name
  }
  if (name.includes('\0')) return null
  const file = path.join(folder, name === '/' ? 'index.html' : name)
  return file.startsWith(folder + path.sep) ? file : null
}

/**
 * Serves the built window: a scheme of its own has an origin, and file: has too many rights. The promise is kept once
 * the page was given its first script.
 */
export const serveApp = (session: Session, folder: string): Promise<void> => {
  const headers = securityHeaders({ kind: 'built' })
  return new Promise((scriptGiven) => {
    session.protocol.handle(appScheme, async (request) => {
      const file = pageFile(request.url, folder)
      // In one piece: the files are small, and a stream would come back to this busy thread for every part.
      const body = file && (await readFile(file).catch(() => null))
      if (!file || !body) return new Response(null, { status: 404, headers })
      if (file.endsWith('.js')) scriptGiven()
      return new Response(body, { headers: { 'Content-Type': contentType(file), ...headers } })
    })
  })
}
