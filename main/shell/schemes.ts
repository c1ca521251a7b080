import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import type { CustomScheme, Session } from 'electron'
import { rangeAnswer, readRange } from '../files/byte-ranges'
import { findInside } from '../files/inside'
import { appScheme, securityHeaders } from './page'

const mediaScheme = 'reshoot-media'

/** The app's own schemes, to be registered before Electron is ready. */
export const schemes: CustomScheme[] = [
  {
    scheme: appScheme,
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  },
  { scheme: mediaScheme, privileges: { standard: true, secure: true, stream: true } },
]

/**
 * Serves the built page under `reshoot://app/`: a custom scheme has an origin, and file: has too many rights.
 * Resolves when the page has been given its first script.
 */
export const serveApp = (session: Session, folder: string): Promise<void> => {
  const headers = securityHeaders({ kind: 'built' })
  return new Promise((scriptServed) => {
    session.protocol.handle(appScheme, async (request) => {
      const file = pageFile(request.url, folder)
      // Read at once: the files are small, and a stream would need this busy thread for every chunk.
      const body = file && (await readFile(file).catch(() => null))
      if (!file || !body) return new Response(null, { status: 404, headers })
      if (file.endsWith('.js')) scriptServed()
      return new Response(body, { headers: { 'Content-Type': contentType(file), ...headers } })
    })
  })
}

/** Serves clips, stills and results. The page names them by id; `pathOf` gives the path, null for an unknown id. */
export const serveMedia = (
  session: Session,
  pathOf: (kind: string, id: string) => Promise<string | null>,
): void => {
  session.protocol.handle(mediaScheme, async (request) => {
    const name = readMediaUrl(request.url)
    const file = name && (await pathOf(name.kind, name.id))
    if (!file) return new Response(null, { status: 404 })
    // The version in the URL does not change when a clip in the person's folder does.
    return answerFile(request, file, { 'Cache-Control': 'no-cache' })
  })
}

/** The file of a `reshoot://app/…` URL; null when it is outside the folder or the URL is another. */
export const pageFile = (url: string, folder: string): string | null => {
  if (!URL.canParse(url)) return null
  const { host, pathname } = new URL(url)
  const name = decode(pathname)
  if (host !== 'app' || name === null) return null
  return findInside(folder, name === '/' ? 'index.html' : name.slice(1))
}

/** Kind and id of a `reshoot-media://<kind>/<id>?v=<n>` URL; null for any other. */
export const readMediaUrl = (url: string): { kind: string; id: string } | null => {
  if (!URL.canParse(url)) return null
  const { protocol, hostname, pathname } = new URL(url)
  const id = decode(pathname.slice(1))
  const isId = id !== null && /^[^/\\\0]+$/.test(id) && id !== '..' && id !== '.'
  return protocol === `${mediaScheme}:` && hostname !== '' && isId ? { kind: hostname, id } : null
}

/** Null for malformed escapes such as %zz. */
const decode = (part: string): string | null => {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

/**
 * Answers a request with a file or a part of it, streamed from disk; 404 when there is no such file.
 *
 * Not `net.fetch` of a file: URL: it answers ranges with 200, and seeking jumps back to 0 (electron#38749).
 */
export const answerFile = async (
  request: Request,
  file: string,
  headers: Record<string, string> = {},
): Promise<Response> => {
  const found = await stat(file).catch(() => null)
  if (!found?.isFile()) return new Response(null, { status: 404 })
  const { size } = found
  const range = readRange(request.headers.get('range'), size)
  const answer = rangeAnswer(range, size)
  const options = {
    status: answer.status,
    headers: { 'Content-Type': contentType(file), ...headers, ...answer.headers },
  }
  if (answer.length === 0 || request.method === 'HEAD') return new Response(null, options)
  const stream = createReadStream(file, {
    ...(range.kind === 'part' ? { start: range.start, end: range.end } : {}),
    signal: request.signal,
  })
  // The reader of the body gets the error; without a listener an abort would end the process.
  stream.on('error', () => stream.destroy())
  return new Response(Readable.toWeb(stream) as NodeStream as unknown as ReadableStream, options)
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.bmp': 'image/bmp',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  // Chromium plays QuickTime files only under this type.
  '.mov': 'video/mp4',
  '.webm': 'video/webm',
}

/** MIME type by extension. */
const contentType = (file: string): string =>
  contentTypes[path.extname(file).toLowerCase()] ?? 'application/octet-stream'
