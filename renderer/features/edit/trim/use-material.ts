import { useEffect, useState } from 'react'
import { useFilmstrip, useScenes, useWaveform } from '../../../data/use-media'
import type { Player } from '../stage/player'
import { useSettledOn } from '../stage/use-settled'
import { StillSource } from './still-source'
import type { Track } from './trim-range'
import { stillHeight } from './trim-strip'

const noScenes: readonly number[] = []

/** What is drawn beside the stills: asked for once somebody stays, the quicker one first. */
const useOutlines = (clipId: string, videoTrack: number, calm: boolean) => {
  const settled = useSettledOn(clipId)
  const waveform = useWaveform(settled ? clipId : null)
  const scenes = useScenes(calm && settled && !waveform.isPending ? clipId : null, videoTrack)
  return { wave: waveform.data, scenes: scenes.data?.seconds ?? noScenes }
}

const useStills = (url: string | null, track: Track, player: Player) => {
  const [source, setSource] = useState<StillSource | null>(null)
  useEffect(() => {
    if (!url) return
    const height = Math.round(stillHeight * window.devicePixelRatio)
    const made = new StillSource(url, track.frameRate, height, player)
    setSource(made)
    return () => {
      made.close()
      setSource(null)
    }
  }, [url, track, player])
  return source
}

/** What of a clip can be looked at. */
export interface Looks {
  clipId: string
  /** Whose pictures, counted from 0. */
  videoTrack: number
  track: Track
  /** A video that single frames can be taken from; null while there is none. */
  stillsUrl: string | null
  /** Whether nothing more urgent is being made for this clip. */
  calm: boolean
}

/** Stills, sound and scenes of a clip, as they are made. */
export const useMaterial = (
  { clipId, videoTrack, track, stillsUrl, calm }: Looks,
  player: Player,
) => ({
  strip: useFilmstrip(clipId, videoTrack).data,
  source: useStills(stillsUrl, track, player),
  ...useOutlines(clipId, videoTrack, calm),
})
