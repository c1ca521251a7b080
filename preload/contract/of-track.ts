import type { ClipFacts } from './media'

/** The clip with another of its video tracks; the clip itself for the first track, and for a track it lacks. */
export const ofTrack = (facts: ClipFacts, track: number): ClipFacts => {
  const chosen = facts.tracks?.[track]
  if (!chosen || track === 0) return facts
  const { video, ignoringEdits, ...picture } = chosen
  return {
    ...facts,
    ...picture,
    duration: video,
    durations: { ...facts.durations, video, ignoringEdits },
  }
}
