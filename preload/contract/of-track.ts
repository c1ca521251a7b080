import type { ClipFacts } from './media'

/** The clip as it is with another of its video tracks; itself for the first, and for one that it does not have. */
export const ofTrack = (facts: ClipFacts, track: number): ClipFacts => {
  const chosen = facts.tracks?.[track]
  if (!chosen || track === 0) return facts
  const { video, ignoringEdits, ...said } = chosen
  return {
    ...facts,
    ...said,
    duration: video,
    durations: { ...facts.durations, video, ignoringEdits },
  }
}
