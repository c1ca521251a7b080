import type { ComponentProps, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShortcutId } from '../keyboard/shortcuts'
import { classNames } from './class-names'
import { Tooltip } from './tooltip'

/** The accessible name, shown as the tooltip: `label`, or else the name of the shortcut. */
type Name = { label: string; shortcut?: ShortcutId } | { label?: never; shortcut: ShortcutId }

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'children'> & {
  icon: ReactNode
  size?: 'sm' | 'md'
  side?: 'top' | 'right' | 'bottom' | 'left'
  pressed?: boolean
} & Name

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
}: IconButtonProps) => {
  const { t } = useTranslation()
  const name = label ?? (shortcut ? t(`common.shortcuts.names.${shortcut}`) : '')
  return (
    <Tooltip label={name} shortcut={shortcut} side={side}>
      <button
        aria-label={name}
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
}
