import { useEffect, useRef, useState } from 'react'
import type { Filmstrip as Strip } from '../../../../preload/contract'
import { clamp } from '../../../clamp'
import { type StillSource, stillHeight } from './material'
import { type LaneProps, positionIn, type TimeView } from './time-view'
import { lengthOf, type Track } from './trim-range'

/** A rectangle of a picture. Pixels. */
interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

/**
 * The centred part of a picture that fills a place of another ratio without distortion, like `object-fit: cover`.
 *
 * `from` is the displayed ratio of the picture, `to` the ratio of the place. `from` is a parameter because tiles of
 * very wide or tall clips are stored squeezed.
 */
export const covering = (
  { x, y, width, height }: Rectangle,
  { from, to }: { from: number; to: number },
): Rectangle => {
  const across = width * Math.min(1, to / from)
  const down = height * Math.min(1, from / to)
  return { x: x + (width - across) / 2, y: y + (height - down) / 2, width: across, height: down }
}

/** A place in the filmstrip: the frame it shows and the time it covers. Seconds. */
interface StillPlace {
  frame: number
  start: number
  end: number
}

/** The places of a view. They lie on a fixed grid of frames, so stills do not jump while the view moves. */
export const stillPlaces = (
  view: TimeView,
  width: number,
  tileWidth: number,
  { duration, frameRate }: Track,
): StillPlace[] => {
  const seconds = lengthOf(view)
  if (width <= 0 || seconds <= 0) return []
  const framesPerTile = ((tileWidth / width) * seconds * frameRate) / Math.SQRT2
  const step = 2 ** Math.max(0, Math.round(Math.log2(framesPerTile)))
  const first = Math.floor((view.start * frameRate) / step + 1e-6)
  const last = Math.ceil((Math.min(view.end, duration) * frameRate) / step - 1e-6)
  const end = Math.max(0, Math.round(duration * frameRate) - 1)
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => {
    const from = (first + index) * step
    return {
      frame: Math.min(end, from + Math.floor(step / 2)),
      start: from / frameRate,
      end: (from + step) / frameRate,
    }
  })
}

/** The shortest useful view: single frames side by side. Seconds. */
export const closestView = (width: number, tileWidth: number, { frameRate }: Track): number =>
  Math.max(6, Math.round(width / Math.max(1, tileWidth))) / frameRate

interface Area extends Rectangle {
  picture: HTMLImageElement | HTMLCanvasElement
}

/** The loaded pictures by URL. Pictures that are no longer requested are dropped. */
const usePictures = (urls: readonly string[]): ReadonlyMap<string, HTMLImageElement> => {
  const [pictures, setPictures] = useState<ReadonlyMap<string, HTMLImageElement>>(new Map())
  const requested = useRef(new Map<string, HTMLImageElement>())
  const names = urls.join('\n')
  useEffect(() => {
    const wanted = new Set(names.split('\n').filter(Boolean))
    for (const url of requested.current.keys()) if (!wanted.has(url)) requested.current.delete(url)
    for (const url of wanted) {
      if (requested.current.has(url)) continue
      const picture = new Image()
      requested.current.set(url, picture)
      picture.onload = () =>
        setPictures((before) =>
          new Map([...before].filter(([one]) => requested.current.has(one))).set(url, picture),
        )
      picture.src = url
    }
  }, [names])
  return pictures
}

const noTiles: readonly string[] = []

/** The whole of a picture. The size of an image that is not in the document is its natural size. */
const areaOf = (picture: HTMLImageElement | HTMLCanvasElement): Area => {
  const { width, height } = picture
  return { picture, x: 0, y: 0, width, height }
}

/** The tile of the filmstrip for a place; null until it is loaded. */
const tileFor = (
  strip: Strip,
  pictures: ReadonlyMap<string, HTMLImageElement>,
  place: StillPlace,
): Area | null => {
  const middle = (place.start + place.end) / 2
  const index = Math.floor((middle / strip.duration) * strip.count)
  const tile = clamp(index, 0, strip.count - 1)
  const whole = pictures.get(strip.url)
  if (whole) {
    const width = whole.width / strip.count
    return { ...areaOf(whole), x: tile * width, width }
  }
  const own = pictures.get(strip.tiles?.[tile] ?? '')
  return own ? areaOf(own) : null
}

/** The width of a still in the strip. Pixels. */
export const stillWidth = ({ ratio = 16 / 9 }: Track): number =>
  Math.max(8, stillHeight * Math.min(ratio, 4))

/** The stills of the view: tiles of the filmstrip, single frames where the tiles are missing or too coarse. */
export const Filmstrip = ({
  strip,
  source,
  track,
  view,
  width,
}: LaneProps & { strip: Strip | undefined; source: StillSource | null }) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  const tiles = strip?.tiles ?? noTiles
  const pictures = usePictures(strip ? (strip.tiles ? tiles : [strip.url]) : noTiles)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const places = stillPlaces(view, width, stillWidth(track), track)
    const step = places[0] ? places[0].end - places[0].start : 0
    const isMade = strip !== undefined && pictures.size > 0
    const isSharp = isMade && step >= (strip.duration / strip.count) * 0.75
    const draw = () => {
      const scale = window.devicePixelRatio
      context.setTransform(scale, 0, 0, scale, 0, 0)
      context.clearRect(0, 0, width, stillHeight)
      context.imageSmoothingQuality = 'high'
      for (const place of places) {
        const left = positionIn(place.start, view) * width
        const right = positionIn(Math.min(place.end, track.duration), view) * width
        if (right - left < 0.5) continue
        const still = isSharp ? undefined : source?.get(place.frame)
        const whole = still ? areaOf(still) : strip ? tileFor(strip, pictures, place) : null
        if (!whole) continue
        const shape = {
          from: track.ratio ?? whole.width / whole.height,
          to: (right - left) / stillHeight,
        }
        const { x, y, width: across, height: down } = covering(whole, shape)
        context.drawImage(whole.picture, x, y, across, down, left, 0, right - left, stillHeight)
        if (!isSharp) context.clearRect(Math.round(right) - 1, 0, 1, stillHeight)
      }
    }
    draw()
    if (isSharp || !source) return
    source.request(places.map(({ frame }) => frame))
    let planned = 0
    const stop = source.onStill(() => {
      cancelAnimationFrame(planned)
      planned = requestAnimationFrame(draw)
    })
    return () => {
      stop()
      cancelAnimationFrame(planned)
    }
  }, [strip, pictures, source, track, view, width])
  return (
    <canvas
      aria-hidden
      className="absolute inset-x-0 top-0 block"
      height={Math.round(stillHeight * window.devicePixelRatio)}
      ref={canvas}
      style={{ width, height: stillHeight }}
      width={Math.round(width * window.devicePixelRatio)}
    />
  )
}
