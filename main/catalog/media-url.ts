/** The kinds of `reshoot-media://` URLs; main/services/media-paths.ts finds their files. */
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

/** A URL for the window; `version` changes with the content, so that the window never shows a stale copy. */
export const mediaUrl = (kind: MediaKind, id: string, version: string | number): string =>
  `reshoot-media://${kind}/${encodeURIComponent(id)}?v=${encodeURIComponent(
    typeof version === 'number' ? Math.round(version) : version,
  )}`
