import { type Facts, ofTrack } from '../../preload/contract'

/** One video track of a clip, to be looked at. */
export interface PictureSource {
  id: string
  file: string
  /** With the pictures of the track. */
  facts: Facts
  /** Counted from 0. */
  track: number
}

/** The track that was asked for; the first where the clip has no such one. */
export const pictureSource = (
  id: string,
  file: string,
  facts: Facts,
  track: number,
): PictureSource => {
  if (facts.kind !== 'video' || !facts.tracks?.[track]) return { id, file, facts, track: 0 }
  return { id, file, facts: ofTrack(facts, track), track }
}

/** A name of a clip's own, made one of the track's own. */
export const nameForTrack = (name: string, track: number): string =>
  track === 0 ? name : `${name}.track${track}`
