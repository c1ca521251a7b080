import { useEffect, useState } from 'react'
import { useFilmstrip, useScenes, useWaveform } from '../../../data/use-media'
import type { Player } from '../stage/player'
import type { Track } from './trim-range'

/** Height of a still in the strip. Pixels. */
export const stillHeight = 56

/** Stills that are kept; the ones not asked for longest go first. */
const mostKept = 400
/** Milliseconds until it is tried again while the person is scrubbing or playing. */
const patience = 160

/**
 * Single frames of a clip as small pictures, fetched one after the other by a video of its own whenever the player
 * leaves the computer time for it.
 */
export class StillSource {
  readonly #video = document.createElement('video')
  readonly #stills = new Map<number, HTMLCanvasElement>()
  readonly #listeners = new Set<() => void>()
  #wanted: readonly number[] = []
  #fetching: number | null = null
  #timer = 0

  /** `height` in device pixels. */
  constructor(
    url: string,
    private readonly frameRate: number,
    private readonly height: number,
    private readonly player: Player,
  ) {
    this.#video.muted = true
    this.#video.preload = 'auto'
    this.#video.addEventListener('seeked', this.#onSeeked)
    this.#video.addEventListener('loadeddata', this.#next)
    this.#video.src = url
  }

  readonly get = (frame: number): HTMLCanvasElement | undefined => {
    const still = this.#stills.get(frame)
    if (still) {
      this.#stills.delete(frame)
      this.#stills.set(frame, still)
    }
    return still
  }

  /** Asks for frames, the most wanted first; what was asked for before is forgotten. */
  want(frames: readonly number[]): void {
    this.#wanted = frames.slice(0, mostKept)
    this.#next()
  }

  readonly onNews = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  close(): void {
    window.clearTimeout(this.#timer)
    this.#wanted = []
    this.#listeners.clear()
    this.#video.removeEventListener('seeked', this.#onSeeked)
    this.#video.removeEventListener('loadeddata', this.#next)
    this.#video.removeAttribute('src')
    this.#video.load()
  }

  readonly #next = () => {
    window.clearTimeout(this.#timer)
    if (this.#fetching !== null || this.#video.readyState < HTMLMediaElement.HAVE_METADATA) return
    const frame = this.#wanted.find((one) => !this.#stills.has(one))
    if (frame === undefined) return
    if (this.player.busy) {
      this.#timer = window.setTimeout(this.#next, patience)
      return
    }
    this.#fetching = frame
    this.#video.currentTime = (frame + 0.5) / this.frameRate
  }

  readonly #onSeeked = () => {
    const frame = this.#fetching
    this.#fetching = null
    if (frame === null) return
    this.#keep(frame)
    for (const listener of this.#listeners) listener()
    this.#next()
  }

  #keep(frame: number): void {
    const { videoWidth, videoHeight } = this.#video
    if (videoWidth === 0 || videoHeight === 0) return
    const still = document.createElement('canvas')
    still.height = this.height
    still.width = Math.max(1, Math.round((this.height * videoWidth) / videoHeight))
    still.getContext('2d')?.drawImage(this.#video, 0, 0, still.width, still.height)
    this.#stills.set(frame, still)
    const oldest = this.#stills.keys().next().value
    if (this.#stills.size > mostKept && oldest !== undefined) this.#stills.delete(oldest)
  }
}

/** Milliseconds a clip is looked at before anything costly is made for it. */
const glance = 400

/** Whether somebody has stayed with this clip for a moment, not just passed by. */
export const useSettledOn = (id: string): boolean => {
  const [settled, setSettled] = useState<string | null>(null)
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(id), glance)
    return () => window.clearTimeout(timer)
  }, [id])
  return settled === id
}

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
interface Looks {
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
