import { Slider as Radix } from 'radix-ui'
import { classNames } from './class-names'

interface SliderProps {
  label: string
  value: number
  min: number
  max: number
  step: number
  onChange: (value: number) => void
  className?: string
}

/** A number between two bounds. */
export const Slider = ({ label, value, min, max, step, onChange, className }: SliderProps) => (
  <Radix.Root
    className={classNames('relative flex h-6 w-32 touch-none items-center', className)}
    max={max}
    min={min}
    onValueChange={([next]) => next !== undefined && onChange(next)}
    step={step}
    value={[value]}
  >
    <Radix.Track className="relative h-1 grow rounded-full bg-pressed">
      <Radix.Range className="absolute h-full rounded-full bg-accent" />
    </Radix.Track>
    <Radix.Thumb
      aria-label={label}
      className="block size-3.5 rounded-full border border-edge bg-white"
    />
  </Radix.Root>
)
