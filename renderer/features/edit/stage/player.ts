import { createContext, useContext } from 'react'
import { createStore, useStore } from 'zustand'
import type { Selection } from '../../../../preload/contract'
import { clamp } from '../../../clamp'
import { frameAt } from '../trim/timecode'
import { Seeker } from './seeker'

interface PlayerState {
  playing: boolean
  /** 1, 2, 4, or negative for backwards. */
  speed: number
  loop: boolean
  muted: boolean
}

/** How long the playhead rests before the clip itself seeks there. Milliseconds. */
const settleDelay = 110

/**
 * Drives a <video> element. The playhead moves through `onTick`, once per drawn frame, without rendering;
 * `store` changes only on play, pause, loop and mute.
 */
export class Player {
  #video: HTMLVideoElement | null = null
  #main: Seeker | null = null
  /** A small copy that seeks fast. It shows the frame at the playhead until the clip itself has it. */
  #copy: Seeker | null = null
  #settling = 0
  #head = 0
  #frame = 0
  #lastDrawn = 0
  #range: Selection = { start: 0, end: Number.POSITIVE_INFINITY }
  #frameRate = 30
  readonly #ticks = new Set<(time: number) => void>()
  readonly store = createStore<PlayerState>(() => ({
    playing: false,
    speed: 1,
    loop: true,
    muted: false,
  }))

  get #state(): PlayerState {
    return this.store.getState()
  }

  /** Calls the listener with the time of the playhead, now and whenever it moves. Seconds. */
  readonly onTick = (listener: (time: number) => void): (() => void) => {
    this.#ticks.add(listener)
    listener(this.#head)
    return () => void this.#ticks.delete(listener)
  }

  /** Starts to drive a video; returns a function that stops it. */
  readonly attach = (video: HTMLVideoElement): (() => void) => {
    const main = new Seeker(video, () => this.#settling === 0 && this.#showCopy(false))
    this.#video = video
    this.#main = main
    this.#head = 0
    video.muted = this.#state.muted
    const onEnded = () => {
      if (this.#state.loop) this.play(1)
      else this.store.setState({ playing: false })
    }
    // Without a seek the poster would stay in place of the first frame.
    const onData = () => main.seek(this.#head + this.#inset)
    video.addEventListener('ended', onEnded)
    video.addEventListener('loadeddata', onData, { once: true })
    return () => {
      main.close()
      video.removeEventListener('ended', onEnded)
      video.removeEventListener('loadeddata', onData)
      if (this.#video !== video) return
      this.pause()
      window.clearTimeout(this.#settling)
      this.#video = null
      this.#main = null
    }
  }

  /** Starts to use a small copy, which lies over the video and is hidden at rest; returns a function that stops it. */
  readonly attachCopy = (video: HTMLVideoElement): (() => void) => {
    const copy = new Seeker(video, () => this.#showCopy(this.#isAhead))
    this.#copy = copy
    return () => {
      copy.close()
      if (this.#copy === copy) this.#copy = null
    }
  }

  /** Sets the range that loops and that Home and End jump to. */
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
    this.#head = clamp(time, 0, last)
    this.#place(this.#head)
    this.#tell()
  }

  /** Pauses and moves by frames, back when negative. */
  step(frames: number): void {
    this.pause()
    this.seek((frameAt(this.#head, this.#frameRate) + frames) / this.#frameRate)
  }

  toggle(): void {
    if (this.#state.playing) this.pause()
    else this.play(1)
  }

  /** Plays at a speed. Negative speeds seek backwards, because Chromium cannot play backwards. */
  play(speed: number): void {
    const video = this.#video
    if (!video) return
    const { start, end } = this.#range
    if (this.#state.loop && speed > 0 && (this.#head < start - 0.01 || this.#head >= end - 0.02))
      this.seek(start)
    this.store.setState({ playing: true, speed })
    video.playbackRate = Math.abs(speed)
    if (speed > 0 && this.#settling !== 0) this.#settle()
    if (speed > 0) video.play().catch(() => this.store.setState({ playing: false }))
    else video.pause()
    cancelAnimationFrame(this.#frame)
    this.#lastDrawn = performance.now()
    this.#frame = requestAnimationFrame(this.#draw)
  }

  /** Plays in a direction, faster with each call, up to 4×. */
  shuttle(direction: 1 | -1): void {
    const { playing, speed } = this.#state
    const same = playing && Math.sign(speed) === direction
    this.play(same ? direction * Math.min(4, Math.abs(speed) * 2) : direction)
  }

  pause(): void {
    cancelAnimationFrame(this.#frame)
    this.#video?.pause()
    if (this.#state.playing) this.store.setState({ playing: false, speed: 1 })
  }

  toggleLoop(): void {
    this.store.setState({ loop: !this.#state.loop })
  }

  toggleMuted(): void {
    const muted = !this.#state.muted
    if (this.#video) this.#video.muted = muted
    this.store.setState({ muted })
  }

  /** Jumps to an end of the range, or to that end of the clip when already there. */
  jump(side: 'start' | 'end'): void {
    const place = this.#range[side]
    const clipEnd = side === 'start' ? 0 : (this.#video?.duration ?? place)
    this.seek(Math.abs(this.#head - place) < 0.5 / this.#frameRate ? clipEnd : place)
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
    if (!this.#isAhead) this.#head = video.currentTime
    const { start, end } = this.#range
    if (this.#state.loop && this.#head >= end - 0.5 / this.#frameRate) {
      this.#head = start
      this.#settle()
    }
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

  /** Whether the clip plays or seeks. */
  get busy(): boolean {
    return this.#state.playing || this.#isAhead
  }

  /** Whether the clip itself does not show the frame at the playhead yet. */
  get #isAhead(): boolean {
    return this.#settling !== 0 || (this.#main?.busy ?? false)
  }

  /** A quarter of a frame: seeking that far into a frame never shows the one before. Seconds. */
  get #inset(): number {
    return 0.25 / this.#frameRate
  }

  /** Seeks the copy at once, and the clip itself once the playhead rests. */
  #place(time: number): void {
    const inside = time + this.#inset
    const copy = this.#copy
    if (!copy || copy.video.readyState < HTMLMediaElement.HAVE_METADATA) {
      this.#main?.seek(inside)
      return
    }
    copy.seek(inside)
    window.clearTimeout(this.#settling)
    this.#settling = window.setTimeout(() => this.#settle(), settleDelay)
  }

  #settle(): void {
    window.clearTimeout(this.#settling)
    this.#settling = 0
    this.#main?.seek(this.#head + this.#inset)
  }

  #showCopy(shown: boolean): void {
    if (this.#copy) this.#copy.video.style.visibility = shown ? 'visible' : 'hidden'
  }

  #tell(): void {
    for (const tick of this.#ticks) tick(this.#head)
  }
}

/** The player of the current clip. It is shared, so a remedy can trim at the playhead. */
export const PlayerContext = createContext(new Player())

export const usePlayer = (): Player => useContext(PlayerContext)

export const usePlayerState = (): PlayerState => useStore(usePlayer().store)
