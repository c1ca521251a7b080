import path from 'node:path'
import type { Session } from 'electron'
import { securityHeaders } from './content-policy'
import { answerFile } from './file-answer'

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

/** Serves the built window: a scheme of its own has an origin, and file: has too many rights. */
export const serveApp = (session: Session, folder: string): void => {
  const headers = securityHeaders({ kind: 'built' })
  session.protocol.handle(appScheme, (request) => {
    const file = pageFile(request.url, folder)
    return file ? answerFile(request, file, headers) : new Response(null, { status: 404, headers })
  })
}
