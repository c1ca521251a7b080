import { Check, ChevronDown } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import { classNames } from './class-names'

interface SelectOption<V extends string> {
  value: V
  label: string
  /** A second, quieter line. */
  detail?: string | undefined
}

interface SelectProps<V extends string> {
  /** The accessible name, read out before the value. */
  label: string
  value: V
  options: readonly SelectOption<V>[]
  onChange: (value: V) => void
  /** Without a border, for use in a line of text. */
  quiet?: boolean
  className?: string
}

/**
 * A choice of one of several values, for lists too long for a segmented control.
 *
 * A menu of radio items: Radix's own Select adds <style> elements, which the content security policy blocks.
 */
export const Select = <V extends string>({
  label,
  value,
  options,
  onChange,
  quiet = false,
  className,
}: SelectProps<V>) => {
  const chosen = options.find((option) => option.value === value)?.label ?? value
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger
        aria-label={`${label}: ${chosen}`}
        className={classNames(
          'inline-flex h-8 min-w-0 items-center justify-between gap-2 rounded-md text-left transition-colors hover:bg-hover data-[state=open]:bg-hover',
          quiet ? 'px-1.5' : 'border border-edge bg-field px-2.5',
          className,
        )}
      >
        <span className="truncate">{chosen}</span>
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-muted" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          className="z-50 max-h-80 min-w-(--radix-dropdown-menu-trigger-width) animate-appear overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float"
          collisionPadding={8}
          sideOffset={4}
        >
          <Radix.RadioGroup
            aria-label={label}
            onValueChange={(next) => onChange(next as V)}
            value={value}
          >
            {options.map((option) => (
              <Radix.RadioItem
                className="flex min-h-7 items-center gap-2 rounded-md py-1 pr-3 pl-2 outline-none data-highlighted:bg-hover"
                key={option.value}
                textValue={option.label}
                value={option.value}
              >
                <span className="inline-flex w-4 shrink-0">
                  <Radix.ItemIndicator>
                    <Check aria-hidden className="size-4 text-accent-text" />
                  </Radix.ItemIndicator>
                </span>
                <span>
                  {option.label}
                  {option.detail ? (
                    <span className="block text-sm text-muted">{option.detail}</span>
                  ) : null}
                </span>
              </Radix.RadioItem>
            ))}
          </Radix.RadioGroup>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
