import { Popover as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

interface PopoverProps {
  trigger: ReactNode
  label: string
  open?: boolean | undefined
  onOpenChange?: ((open: boolean) => void) | undefined
  side?: 'top' | 'right' | 'bottom' | 'left'
  align?: 'start' | 'center' | 'end'
  children: ReactNode
}

/** A small panel beside what opened it. */
export const Popover = ({
  trigger,
  label,
  open,
  onOpenChange,
  side = 'bottom',
  align = 'start',
  children,
}: PopoverProps) => (
  <Radix.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
    <Radix.Trigger asChild>{trigger}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        align={align}
        aria-label={label}
        className="z-40 w-80 animate-appear rounded-lg border border-line bg-raised p-3 shadow-float outline-none"
        collisionPadding={8}
        side={side}
        sideOffset={6}
      >
        {children}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
)
