import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names'

export interface SelectOption<V extends string> {
  value: V
  label: string
  /** A second, quieter line. */
  detail?: string | undefined
  icon?: ReactNode
  disabled?: boolean
}

/** One of several, when they are too many or too long for a segmented control. */
export const Select = <V extends string>({
  label,
  value,
  options,
  onChange,
  disabled = false,
  quiet = false,
  className,
  id,
}: {
  /** Accessible name. */
  label: string
  value: V
  options: readonly SelectOption<V>[]
  onChange: (value: V) => void
  disabled?: boolean
  /** Without a frame, for use inside a line of text. */
  quiet?: boolean
  className?: string
  id?: string
}) => (
  <Radix.Root disabled={disabled} onValueChange={(next) => onChange(next as V)} value={value}>
    <Radix.Trigger
      aria-label={label}
      className={classNames(
        'inline-flex h-8 min-w-0 items-center justify-between gap-2 rounded-md text-left transition-colors hover:bg-hover disabled:opacity-45',
        quiet ? 'px-1.5' : 'border border-edge bg-field px-2.5',
        className,
      )}
      id={id}
    >
      <span className="truncate">
        <Radix.Value />
      </span>
      <ChevronDown aria-hidden className="size-3.5 shrink-0 text-muted" />
    </Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        className="z-50 max-h-80 min-w-(--radix-select-trigger-width) animate-appear rounded-lg border border-line bg-raised p-1 shadow-float"
        collisionPadding={8}
        position="popper"
        sideOffset={4}
      >
        <Radix.Viewport>
          {options.map((option) => (
            <Radix.Item
              className="flex min-h-7 items-center gap-2 rounded-md py-1 pr-3 pl-2 outline-none data-disabled:opacity-45 data-highlighted:bg-hover"
              disabled={option.disabled ?? false}
              key={option.value}
              value={option.value}
            >
              <span className="inline-flex w-4 shrink-0">
                <Radix.ItemIndicator>
                  <Check aria-hidden className="size-4 text-accent-text" />
                </Radix.ItemIndicator>
              </span>
              <span>
                <Radix.ItemText>{option.label}</Radix.ItemText>
                {option.detail ? (
                  <span className="block text-sm text-muted">{option.detail}</span>
                ) : null}
              </span>
            </Radix.Item>
          ))}
        </Radix.Viewport>
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
)
