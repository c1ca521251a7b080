/** Where the page is loaded from: the built files, or the server of `npm run dev`. */
export type PageSource = { kind: 'built' } | { kind: 'development'; origin: string }

export const appScheme = 'reshoot'

/** The page's URL and source. `server` is the URL of the development server; packaged apps ignore it. */
export const pageOf = (
  server: string | undefined,
  isPackaged: boolean,
): { url: string; source: PageSource } =>
  isPackaged || !server || !URL.canParse(server)
    ? { url: `${appScheme}://app/index.html`, source: { kind: 'built' } }
    : { url: server, source: { kind: 'development', origin: new URL(server).origin } }

/** The headers of every response to the page. */
export const securityHeaders = (source: PageSource): Record<string, string> => ({
  'Content-Security-Policy': contentPolicy(source),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
})

/**
 * Allows the app's own scripts, styles, fonts and media, and nothing else.
 * Hot reload needs inline scripts, inline styles and a socket, so development allows those too.
 */
export const contentPolicy = (source: PageSource): string => {
  const development = source.kind === 'development'
  const socket = development ? source.origin.replace(/^http/, 'ws') : ''
  const directives: Record<string, string> = {
    'default-src': "'none'",
    'script-src': development ? "'self' 'unsafe-inline'" : "'self'",
    'style-src': development ? "'self' 'unsafe-inline'" : "'self'",
    'img-src': "'self' reshoot-media: blob:",
    'media-src': 'reshoot-media:',
    'font-src': "'self'",
    'connect-src': development ? `'self' ${socket}` : "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    'object-src': "'none'",
  }
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}

/** Schemes the page may load from; main makes all network requests. */
const localSchemes = new Set(['reshoot:', 'reshoot-media:', 'blob:', 'data:'])

/** Whether the page may load a URL, whatever its content policy says. */
export const mayLoad = (url: string, source: PageSource): boolean => {
  const { protocol, host } = URL.parse(url) ?? { protocol: '', host: '' }
  if (localSchemes.has(protocol)) return true
  if (source.kind === 'built') return false
  return protocol === 'devtools:' || host === new URL(source.origin).host
}

/** The sender of a message to main. */
interface Sender {
  /** URL of the frame; null when the frame no longer exists. */
  frameUrl: string | null
  isMainFrame: boolean
  /** Whether the frame belongs to the app's window. */
  isOurWindow: boolean
}

/** Whether main may answer a sender: only the app's page, as the top frame of the app's window. */
export const isTrusted = (sender: Sender, pageUrl: string): boolean =>
  sender.isOurWindow &&
  sender.isMainFrame &&
  sender.frameUrl !== null &&
  samePlace(sender.frameUrl, pageUrl)

/** Whether scheme, host and port are the same. `URL.origin` is 'null' for custom schemes, so it cannot be compared. */
export const samePlace = (left: string, right: string): boolean => {
  const [a, b] = [URL.parse(left), URL.parse(right)]
  return a !== null && b !== null && a.protocol === b.protocol && a.host === b.host
}
