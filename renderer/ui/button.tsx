import { LoaderCircle } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names'

const looks = {
  primary: 'bg-accent-fill text-on-accent font-medium hover:brightness-110 active:brightness-95',
  secondary: 'border border-edge bg-panel text-text hover:bg-hover active:bg-pressed',
  ghost: 'text-text hover:bg-hover active:bg-pressed',
  quiet: 'text-muted hover:bg-hover hover:text-text active:bg-pressed',
  accent: 'bg-accent-soft text-accent-text font-medium hover:brightness-110 active:brightness-95',
  danger: 'border border-edge text-fail hover:bg-fail-soft',
}

const sizes = {
  sm: 'h-6 gap-1 rounded-sm px-2 text-sm',
  md: 'h-8 gap-1.5 rounded-md px-3',
  lg: 'h-10 gap-2 rounded-lg px-4',
}

type ButtonProps = ComponentProps<'button'> & {
  look?: keyof typeof looks
  size?: keyof typeof sizes
  icon?: ReactNode
  /** Shows a spinner and disables the button. */
  busy?: boolean
}

export const Button = ({
  look = 'secondary',
  size = 'md',
  icon,
  busy = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) => (
  <button
    aria-busy={busy || undefined}
    className={classNames(
      'inline-flex shrink-0 items-center justify-center whitespace-nowrap transition-[background-color,color,filter,opacity] disabled:opacity-45',
      looks[look],
      sizes[size],
      className,
    )}
    disabled={disabled || busy}
    type="button"
    {...rest}
  >
    {busy ? <LoaderCircle aria-hidden className="size-4 animate-spin" /> : icon}
    {children}
  </button>
)
