import { Progress as Radix } from 'radix-ui'
import { classNames } from './class-names'

interface ProgressProps {
  label: string
  fraction: number | null
  className?: string
}

/** A progress bar: `fraction` is 0..1, or null when it is unknown. */
export const Progress = ({ label, fraction, className }: ProgressProps) => (
  <Radix.Root
    aria-label={label}
    className={classNames('h-1 overflow-hidden rounded-full bg-pressed', className)}
    max={100}
    value={fraction === null ? null : Math.round(fraction * 100)}
  >
    <Radix.Indicator
      className={classNames(
        'h-full origin-left rounded-full bg-accent transition-transform',
        fraction === null && 'animate-pulse',
      )}
      style={{ transform: `scaleX(${fraction ?? 1})` }}
    />
  </Radix.Root>
)
