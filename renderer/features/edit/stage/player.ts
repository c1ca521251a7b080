import type { Selection } from '../../../../preload/contract'

export interface PlayerState {
  playing: boolean
  /** 1, 2, 4, or negative for backwards. */
  speed: number
  loop: boolean
  muted: boolean
}

/**
 * Drives a <video> by hand. The playhead is told through `onTick` once a drawn frame and never passes
 * through React; only pressing play or loop changes `state`.
 */
export class Player {
  #video: HTMLVideoElement | null = null
  #head = 0
  #wanted: number | null = null
  #frame = 0
  #lastDrawn = 0
  #range: Selection = { start: 0, end: Number.POSITIVE_INFINITY }
  #frameRate = 30
  #state: PlayerState = { playing: false, speed: 1, loop: true, muted: false }
  readonly #ticks = new Set<(time: number) => void>()
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  readonly state = (): PlayerState => this.#state

  /** Tells the playhead's time in seconds now and whenever it moves. */
  readonly onTick = (listener: (time: number) => void): (() => void) => {
    this.#ticks.add(listener)
    listener(this.#head)
    return () => void this.#ticks.delete(listener)
  }

  /** Takes a video, or lets go of it; gives the way to let go. */
  attach(video: HTMLVideoElement): () => void {
    this.#video = video
    this.#head = 0
    this.#wanted = null
    video.muted = this.#state.muted
    const onSeeked = () => {
      const wanted = this.#wanted
      this.#wanted = null
      if (wanted !== null) this.#place(wanted)
    }
    const onEnded = () => {
      if (this.#state.loop) this.play(1)
      else this.#change({ playing: false })
    }
    video.addEventListener('seeked', onSeeked)
    video.addEventListener('ended', onEnded)
    return () => {
      video.removeEventListener('seeked', onSeeked)
      video.removeEventListener('ended', onEnded)
      if (this.#video !== video) return
      this.pause()
      this.#video = null
    }
  }

  /** What is looped and where Home and End go. */
  setRange(range: Selection, frameRate: number): void {
    this.#range = range
    this.#frameRate = frameRate
  }

  get time(): number {
    return this.#head
  }

  seek(time: number): void {
    const end = this.#video?.duration ?? Number.NaN
    const last = Number.isFinite(end) ? end : this.#range.end
    this.#head = Math.min(Math.max(0, time), last)
    this.#place(this.#head)
    this.#tell()
  }

  /** Pauses and goes so many frames on, or back. */
  step(frames: number): void {
    this.pause()
    this.seek((Math.round(this.#head * this.#frameRate) + frames) / this.#frameRate)
  }

  toggle(): void {
    if (this.#state.playing) this.pause()
    else this.play(1)
  }

  /** Plays at a speed; negative ones go backwards by seeking, which Chromium cannot do itself. */
  play(speed: number): void {
    const video = this.#video
    if (!video) return
    const { start, end } = this.#range
    if (this.#state.loop && speed > 0 && (this.#head < start - 0.01 || this.#head >= end - 0.02))
      this.seek(start)
    this.#change({ playing: true, speed })
    video.playbackRate = Math.abs(speed)
    if (speed > 0) video.play().catch(() => this.#change({ playing: false }))
    else video.pause()
    cancelAnimationFrame(this.#frame)
    this.#lastDrawn = performance.now()
    this.#frame = requestAnimationFrame(this.#draw)
  }

  /** Plays on in a direction, faster with each press. */
  shuttle(direction: 1 | -1): void {
    const { playing, speed } = this.#state
    const same = playing && Math.sign(speed) === direction
    this.play(same ? direction * Math.min(4, Math.abs(speed) * 2) : direction)
  }

  pause(): void {
    cancelAnimationFrame(this.#frame)
    this.#video?.pause()
    if (this.#state.playing) this.#change({ playing: false, speed: 1 })
  }

  setLoop(loop: boolean): void {
    this.#change({ loop })
  }

  setMuted(muted: boolean): void {
    if (this.#video) this.#video.muted = muted
    this.#change({ muted })
  }

  /** To the in point, or the very start when already there. */
  jumpToStart(): void {
    this.seek(
      Math.abs(this.#head - this.#range.start) < 0.5 / this.#frameRate ? 0 : this.#range.start,
    )
  }

  /** To the out point, or the very end when already there. */
  jumpToEnd(): void {
    const atEnd = Math.abs(this.#head - this.#range.end) < 0.5 / this.#frameRate
    this.seek(atEnd ? (this.#video?.duration ?? this.#range.end) : this.#range.end)
  }

  readonly #draw = (now: number) => {
    const video = this.#video
    if (!video || !this.#state.playing) return
    const passed = (now - this.#lastDrawn) / 1000
    this.#lastDrawn = now
    if (this.#state.speed > 0) this.#follow(video)
    else this.#rewind(passed)
    this.#frame = requestAnimationFrame(this.#draw)
  }

  #follow(video: HTMLVideoElement): void {
    if (!video.seeking) this.#head = video.currentTime
    const { start, end } = this.#range
    if (this.#state.loop && this.#head >= end - 0.5 / this.#frameRate) this.seek(start)
    this.#tell()
  }

  #rewind(passed: number): void {
    const { start, end } = this.#range
    const floor = this.#state.loop && this.#head <= end ? start : 0
    const next = this.#head + passed * this.#state.speed
    if (next > floor) this.seek(next)
    else if (this.#state.loop) this.seek(end)
    else {
      this.seek(0)
      this.pause()
    }
  }

  /** One seek at a time: the last wish waits until the one under way is done. */
  #place(time: number): void {
    const video = this.#video
    if (!video) return
    if (video.seeking) {
      this.#wanted = time
      return
    }
    // A quarter frame in, so that rounding never shows the frame before.
    video.currentTime = time + 0.25 / this.#frameRate
  }

  #tell(): void {
    for (const tick of this.#ticks) tick(this.#head)
  }

  #change(part: Partial<PlayerState>): void {
    this.#state = { ...this.#state, ...part }
    for (const listener of this.#listeners) listener()
  }
}
