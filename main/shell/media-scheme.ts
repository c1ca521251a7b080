import type { Session } from 'electron'
import { answerFile } from './file-answer'

export const mediaScheme = 'reshoot-media'

/** Kind and id of a `reshoot-media://<kind>/<id>?v=<n>` URL; null when it is none. */
export const readMediaUrl = (url: string): { kind: string; id: string } | null => {
  if (!URL.canParse(url)) return null
  const { protocol, hostname, pathname } = new URL(url)
  const id = decode(pathname.slice(1))
  const isId = id !== null && /^[^/\\\0]+$/.test(id) && id !== '..' && id !== '.'
  return protocol === `${mediaScheme}:` && hostname !== '' && isId ? { kind: hostname, id } : null
}

const decode = (part: string): string | null => {
  try {
    return decodeURIComponent(part)
  } catch {
    return null // %zz is no id
  }
}

/** Serves clips, stills and results. The page names them by id; only the services know paths. */
export const serveMedia = (
  session: Session,
  pathOf: (kind: string, id: string) => Promise<string | null>,
): void => {
  session.protocol.handle(mediaScheme, async (request) => {
    const name = readMediaUrl(request.url)
    const file = name && (await pathOf(name.kind, name.id))
    if (!file) return new Response(null, { status: 404 })
    // URLs carry a version, yet a clip in the person's folder may change under the same one.
    return answerFile(request, file, { 'Cache-Control': 'no-cache' })
  })
}
