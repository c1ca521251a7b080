import type { Filmstrip as Strip } from '../../../../preload/contract'
import { type TimeView, timeAt } from './time-view'

/** The stills of a clip over the part of time that is in view; each keeps its shape. Pixels. */
export const Filmstrip = ({
  strip,
  view,
  width,
  height,
}: {
  strip: Strip
  view: TimeView
  width: number
  height: number
}) => {
  const tileWidth = Math.max(8, (height * strip.tileWidth) / strip.tileHeight)
  const count = Math.max(1, Math.ceil(width / tileWidth))
  const last = Math.max(1, strip.count - 1)
  return (
    <div aria-hidden className="absolute inset-0 flex overflow-hidden">
      {Array.from({ length: count }, (_, place) => {
        const time = timeAt((place + 0.5) / (width / tileWidth), view)
        const index = Math.min(
          strip.count - 1,
          Math.max(0, Math.floor((time / strip.duration) * strip.count)),
        )
        return (
          <div
            className="h-full shrink-0 bg-no-repeat"
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in the strip is all a still is
            key={place}
            style={{
              width: tileWidth,
              backgroundImage: `url("${strip.url}")`,
              backgroundPosition: `${(index / last) * 100}% 0`,
              backgroundSize: `${strip.count * 100}% 100%`,
            }}
          />
        )
      })}
    </div>
  )
}
