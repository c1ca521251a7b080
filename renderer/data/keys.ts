/** The names under which answers are kept. */
export const keys = {
  media: ['media'] as const,
  filmstrip: (id: string) => ['filmstrip', id] as const,
  waveform: (id: string) => ['waveform', id] as const,
  scenes: (id: string) => ['scenes', id] as const,
  scrubUrl: (id: string) => ['scrub-url', id] as const,
  playUrl: (id: string) => ['play-url', id] as const,
  drafts: ['drafts'] as const,
  draft: (clipId: string) => ['draft', clipId] as const,
  draftChecks: ['draft-check'] as const,
  jobs: ['jobs'] as const,
  library: ['library'] as const,
  totals: ['library', 'totals'] as const,
  settings: ['settings'] as const,
  bucket: ['bucket'] as const,
  balance: (id: string) => ['balance', id] as const,
  providers: ['providers'] as const,
}
