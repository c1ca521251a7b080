import type { AspectRatio } from '../../../../preload/contract'

/** The shape of a ratio, drawn small. */
export const RatioShape = ({ ratio }: { ratio: AspectRatio }) => {
  const [wide = 1, high = 1] = ratio.split(':').map(Number)
  const scale = 13 / Math.max(wide, high)
  const width = wide * scale
  const height = high * scale
  return (
    <svg aria-hidden className="size-4" fill="none" stroke="currentColor" viewBox="0 0 16 16">
      <rect
        height={height}
        rx="1.5"
        strokeWidth="1.5"
        width={width}
        x={8 - width / 2}
        y={8 - height / 2}
      />
    </svg>
  )
}
