import type { ComponentProps, ReactNode } from 'react'
import type { ShortcutId } from '../keyboard/shortcuts'
import { classNames } from './class-names'
import { Tooltip } from './tooltip'

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'children'> & {
  /** The accessible name, shown as the tooltip. */
  label: string
  shortcut?: ShortcutId | undefined
  icon: ReactNode
  size?: 'sm' | 'md'
  side?: 'top' | 'right' | 'bottom' | 'left'
  pressed?: boolean | undefined
}

/** A button with an icon only and its name in a tooltip. */
export const IconButton = ({
  label,
  shortcut,
  icon,
  size = 'md',
  side = 'top',
  pressed,
  className,
  ...rest
}: IconButtonProps) => (
  <Tooltip label={label} shortcut={shortcut} side={side}>
    <button
      aria-label={label}
      aria-pressed={pressed}
      className={classNames(
        'inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-text active:bg-pressed disabled:opacity-40 disabled:hover:bg-transparent [&_svg]:size-4',
        size === 'sm' ? 'size-6' : 'size-8',
        pressed && 'bg-accent-soft text-accent-text hover:text-accent-text',
        className,
      )}
      type="button"
      {...rest}
    >
      {icon}
    </button>
  </Tooltip>
)
