/** Seeks a video, one seek at a time. During a seek only the latest request is kept, so the picture does not lag. */
export class Seeker {
  #wanted: number | null = null
  /** Counts the requests, to ignore outdated answers. */
  #requests = 0
  readonly #onSeeked = () => {
    const wanted = this.#wanted
    this.#wanted = null
    if (wanted !== null) {
      this.video.currentTime = wanted
      return
    }
    const request = this.#requests
    // The `seeked` event fires before the picture is drawn.
    requestAnimationFrame(() => {
      if (request === this.#requests) this.shown()
    })
  }

  /** `shown` is called each time the latest request is on screen. */
  constructor(
    readonly video: HTMLVideoElement,
    private readonly shown: () => unknown,
  ) {
    video.addEventListener('seeked', this.#onSeeked)
  }

  /** Whether a request is not on screen yet. */
  get busy(): boolean {
    return this.video.seeking || this.#wanted !== null
  }

  seek(time: number): void {
    this.#requests += 1
    if (this.video.seeking) this.#wanted = time
    else this.video.currentTime = time
  }

  close(): void {
    this.#requests += 1
    this.#wanted = null
    this.video.removeEventListener('seeked', this.#onSeeked)
  }
}
