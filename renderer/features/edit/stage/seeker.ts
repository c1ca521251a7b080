/**
 * Seeks one video, one seek at a time: while one is under way only the last wish is kept, so that the picture follows
 * the pointer instead of working off where it has been.
 */
export class Seeker {
  #wanted: number | null = null
  /** Counts the wishes, so that a late answer is known as such. */
  #wishes = 0
  readonly #onSeeked = () => {
    const wanted = this.#wanted
    this.#wanted = null
    if (wanted !== null) this.#start(wanted)
    else this.#tellShown()
  }

  /** `shown` is told each time the last wish is on screen. */
  constructor(
    readonly video: HTMLVideoElement,
    private readonly shown: () => unknown,
  ) {
    video.addEventListener('seeked', this.#onSeeked)
  }

  /** Whether a wish is not fulfilled yet. */
  get busy(): boolean {
    return this.video.seeking || this.#wanted !== null
  }

  seek(time: number): void {
    this.#wishes += 1
    if (this.video.seeking) this.#wanted = time
    else this.#start(time)
  }

  close(): void {
    this.#wishes += 1
    this.#wanted = null
    this.video.removeEventListener('seeked', this.#onSeeked)
  }

  #start(time: number): void {
    this.video.currentTime = time
  }

  #tellShown(): void {
    const wish = this.#wishes
    // `seeked` comes before the picture does.
    requestAnimationFrame(() => {
      if (wish === this.#wishes) this.shown()
    })
  }
}
