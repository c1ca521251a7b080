/** Where the page comes from: the built files, or the server of `npm run dev`. */
export type PageSource = { kind: 'built' } | { kind: 'development'; origin: string }

/** Headers that every page of ours carries. */
export const securityHeaders = (source: PageSource): Record<string, string> => ({
  'Content-Security-Policy': contentPolicy(source),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
})

/**
 * Nothing, plus the minimum: our own scripts, styles and fonts, and media by their own scheme.
 * Hot reload needs inline scripts, inline styles and its socket, so development alone has them.
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
