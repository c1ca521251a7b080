import type { Player } from '../stage/player'

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
