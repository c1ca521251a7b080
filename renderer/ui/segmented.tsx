import { ToggleGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names'
import { Tooltip } from './tooltip'

interface Segment<V extends string> {
  value: V
  label: string
  /** Shown instead of the label, which stays the accessible name. */
  icon?: ReactNode
  /** Explains the choice in a tooltip. */
  hint?: string | undefined
  /** Why it cannot be chosen; disables it. */
  unavailable?: string | undefined
}

interface SegmentedProps<V extends string> {
  label: string
  value: V
  segments: readonly Segment<V>[]
  onChange: (value: V) => void
  className?: string
}

/** A choice of one of a few values, all visible. */
export const Segmented = <V extends string>({
  label,
  value,
  segments,
  onChange,
  className,
}: SegmentedProps<V>) => (
  <ToggleGroup.Root
    aria-label={label}
    className={classNames('inline-flex h-8 rounded-md bg-pressed p-0.5', className)}
    onValueChange={(next) => next !== '' && onChange(next as V)}
    type="single"
    value={value}
  >
    {segments.map((segment) => (
      <Tooltip
        key={segment.value}
        label={segment.unavailable ?? segment.hint ?? (segment.icon ? segment.label : null)}
      >
        {/* The span gets the pointer when the button is disabled, so that the tooltip appears. */}
        <span className="inline-flex flex-1">
          <ToggleGroup.Item
            aria-description={segment.unavailable ?? segment.hint}
            aria-label={segment.icon ? segment.label : undefined}
            className="inline-flex flex-1 items-center justify-center gap-1.5 whitespace-nowrap rounded-[5px] px-2.5 text-sm text-muted transition-colors hover:text-text disabled:opacity-40 data-[state=on]:bg-chosen data-[state=on]:text-text [&_svg]:size-4"
            disabled={segment.unavailable !== undefined}
            value={segment.value}
          >
            {segment.icon ?? segment.label}
          </ToggleGroup.Item>
        </span>
      </Tooltip>
    ))}
  </ToggleGroup.Root>
)
