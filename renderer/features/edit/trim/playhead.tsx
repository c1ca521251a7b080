import { useEffect, useRef } from 'react'
import type { Player } from '../stage/player'
import { positionIn, type TimeView } from './time-view'

/** The line of the playhead; it moves without React. */
export const Playhead = ({
  player,
  view,
  width,
}: {
  player: Player
  view: TimeView
  width: number
}) => {
  const line = useRef<HTMLDivElement>(null)
  useEffect(
    () =>
      player.onTick((time) => {
        const element = line.current
        if (!element) return
        const position = positionIn(time, view)
        element.style.transform = `translateX(${position * width}px)`
        element.style.visibility = position < 0 || position > 1 ? 'hidden' : 'visible'
      }),
    [player, view, width],
  )
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute -top-3.5 -bottom-1 left-0 z-20 -ml-px w-0.5 bg-text"
      ref={line}
    >
      <div className="absolute -left-[5px] h-2.5 w-3 rounded-sm bg-text" />
    </div>
  )
}
