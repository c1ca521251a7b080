import type { Page } from 'playwright-core'
import { type App, launchApp } from '../support/app'
import { makeClip } from '../support/make-media'
import { alone, type BenchRow } from './rows'

const seconds = 12
const rate = 30
const moves = 240
/** Milliseconds between two moves of the pointer: one a drawn frame. */
const pace = 16
/** Milliseconds that the copy for scrubbing may take before it counts as broken. */
const patience = 60_000

/** What the page saw. Milliseconds of its own clock, seconds of the clip, pixels. */
interface Seen {
  moves: { at: number; x: number }[]
  frames: { at: number; time: number }[]
}

/** Notes every move of the pointer, and every frame of the clip or its copy when it comes on screen. */
const watch = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const seen: Seen = { moves: [], frames: [] }
    Reflect.set(window, 'seen', seen)
    const onMove = ({ timeStamp, clientX }: PointerEvent) =>
      seen.moves.push({ at: timeStamp, x: clientX })
    window.addEventListener('pointermove', onMove, { capture: true })
    const ids = ['player', 'scrub-copy']
    for (const video of ids.flatMap((id) => [
      ...document.querySelectorAll<HTMLVideoElement>(`video[data-testid="${id}"]`),
    ])) {
      const note: VideoFrameRequestCallback = (now, { expectedDisplayTime, mediaTime }) => {
        seen.frames.push({ at: Math.max(now, expectedDisplayTime), time: mediaTime })
        video.requestVideoFrameCallback(note)
      }
      video.requestVideoFrameCallback(note)
    }
  })

const pause = (milliseconds: number) =>
  new Promise<void>((done) => {
    setTimeout(done, Math.max(0, milliseconds))
  })

/** Drags the playhead to and fro, fast in the middle and slow at the ends, the way a person looks for a cut. */
const drag = async (page: Page, strip: { x: number; y: number; width: number }): Promise<void> => {
  const place = (move: number) =>
    strip.x + strip.width * (0.5 - 0.46 * Math.cos((move / moves) * Math.PI * 4))
  await page.mouse.move(place(0), strip.y)
  await page.mouse.down()
  const began = Date.now()
  for (let move = 1; move <= moves; move += 1) {
    await page.mouse.move(place(move), strip.y)
    await pause(began + move * pace - Date.now())
  }
  await pause(1000)
  await page.mouse.up()
}

/**
 * How long the person waits at each place of the pointer: until the frame of that place, or of a later one, is on
 * screen. A place that is never answered counts until the end.
 */
const delays = ({ moves: places, frames }: Seen, timeOf: (x: number) => number): number[] => {
  const end = frames.at(-1)?.at ?? Number.POSITIVE_INFINITY
  return places.map(({ at }, index) => {
    const answers = ({ at: shown, time }: Seen['frames'][number]) =>
      shown >= at &&
      places
        .slice(index)
        .some((later) => later.at <= shown && Math.abs(timeOf(later.x) - time) < 1.6 / rate)
    return (frames.find(answers)?.at ?? end) - at
  })
}

const openClip = async (app: App): Promise<void> => {
  const clip = await makeClip({ seconds, rate, width: 1920, height: 1080, keyframes: 250 })
  const added = await app.page.evaluate((path) => window.reshoot.media.add({ paths: [path] }), clip)
  if (!added.ok) throw new Error(added.error.message)
  await app.page.getByTestId('clip-row').first().click()
  await app.page.getByTestId('scrub-copy').waitFor({ state: 'attached', timeout: patience })
  // The strip, the sound and the scenes are made as well: nobody scrubs faster for waiting, but numbers are steadier.
  await pause(4000)
}

/** From the pointer to the frame while the playhead is dragged through a 1080p H.264 clip with few key frames. */
export const benchScrub = async (): Promise<BenchRow[]> => {
  process.env['RESHOOT_ELECTRON'] ??= process.execPath
  await using app = await launchApp()
  await openClip(app)
  const box = await app.page.getByTestId('trim-window').boundingBox()
  if (!box) throw new Error('The strip is not on screen')
  await watch(app.page)
  const strip = { x: box.x, width: box.width, y: box.y - 8 }
  await drag(app.page, strip)
  const seen = await app.page.evaluate((): Seen => Reflect.get(window, 'seen'))
  const waits = delays(seen, (x) => ((x - strip.x) / strip.width) * seconds).toSorted(
    (a, b) => a - b,
  )
  const at = (part: number) => waits[Math.floor(waits.length * part)] ?? Number.NaN
  return [
    alone('scrubbing 1080p H.264: pointer to frame, 95 of 100', at(0.95), 50, 'ms'),
    alone('scrubbing 1080p H.264: pointer to frame, median', at(0.5), 50, 'ms'),
  ]
}
