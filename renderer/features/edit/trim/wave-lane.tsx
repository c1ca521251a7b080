import { useMemo } from 'react'
import type { Waveform } from '../../../../preload/contract'
import type { TimeView } from './time-view'
import { columnsOf, wavePath } from './wave-shape'

/** The sound under the stills. */
export const WaveLane = ({
  wave,
  view,
  width,
  height,
}: {
  wave: Waveform
  view: TimeView
  width: number
  height: number
}) => {
  const path = useMemo(
    () => wavePath(columnsOf(wave, view, Math.round(width)), width, height),
    [wave, view, width, height],
  )
  return (
    <svg
      aria-hidden
      className="absolute inset-x-0 bottom-0 block text-muted"
      data-testid="waveform"
      height={height}
      width={width}
    >
      <path d={path} fill="currentColor" />
    </svg>
  )
}
