import { useEffect, useState } from 'react'
import { useFilmstrip, useScenes, useWaveform } from '../../../data/use-media'
import { type Player, usePlayer } from '../stage/player'
import type { Track } from './trim-range'

/** Height of a still in the strip. Pixels. */
export const stillHeight = 56

/** How many stills are kept; the least recently used are dropped first. */
const mostStills = 400
/** Delay before the next try while the player is busy. Milliseconds. */
const retryDelay = 160

/** Single frames of a clip as small pictures. A separate video element seeks them one by one while the player is idle. */
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

  /** Requests frames in order of importance. Replaces the request before. */
  request(frames: readonly number[]): void {
    this.#wanted = frames.slice(0, mostStills)
    this.#next()
  }

  /** Calls the listener after each new still; returns a function that stops it. */
  readonly onStill = (listener: () => void): (() => void) => {
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
      this.#timer = window.setTimeout(this.#next, retryDelay)
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
    if (this.#stills.size > mostStills && oldest !== undefined) this.#stills.delete(oldest)
  }
}

/** How long a clip is shown before costly work starts for it. Milliseconds. */
const settleDelay = 400

/** Whether this clip has been shown for a moment, not only passed while browsing. */
export const useSettledOn = (id: string): boolean => {
  const [settled, setSettled] = useState<string | null>(null)
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(id), settleDelay)
    return () => window.clearTimeout(timer)
  }, [id])
  return settled === id
}

const noScenes: readonly number[] = []

const useStills = (url: string | null, track: Track) => {
  const player = usePlayer()
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

/** What the strip draws a clip from. */
export interface MaterialSource {
  /** The video track to show, counted from 0. */
  videoTrack: number
  track: Track
  /** A video to seek single frames in; null while there is none. */
  stillsUrl: string | null
  /** Whether no more urgent work is running for this clip. */
  idle: boolean
}

/** The stills, waveform and then scene changes of a clip, as they become ready. The costly ones wait until it settles. */
export const useMaterial = (
  clipId: string,
  { videoTrack, track, stillsUrl, idle }: MaterialSource,
) => {
  const strip = useFilmstrip(clipId, videoTrack).data
  const source = useStills(stillsUrl, track)
  const settled = useSettledOn(clipId)
  const waveform = useWaveform(settled ? clipId : null)
  const scenes = useScenes(idle && settled && !waveform.isPending ? clipId : null, videoTrack)
  return { strip, source, wave: waveform.data, scenes: scenes.data?.seconds ?? noScenes }
}
