/** What `reshoot-media://` addresses may name; each kind has its own way from id to file (main/services/services.ts). */
export type MediaKind =
  | 'clip'
  | 'proxy'
  | 'scrub'
  | 'poster'
  | 'filmstrip'
  | 'prepared'
  | 'result'
  | 'result-poster'
  | 'before'
  | 'job-poster'

/** An address for the window; `version` changes with the content, so that nothing stale is shown. */
export const mediaUrl = (kind: MediaKind, id: string, version: string | number): string =>
  `reshoot-media://${kind}/${encodeURIComponent(id)}?v=${encodeURIComponent(
    typeof version === 'number' ? Math.round(version) : version,
  )}`
