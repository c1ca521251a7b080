import { Popover as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

interface PopoverProps {
  trigger: ReactNode
  label: string
  side?: 'left' | 'bottom'
  align?: 'start' | 'end'
  children: ReactNode
}

/** A small panel beside the button that opened it. */
export const Popover = ({
  trigger,
  label,
  side = 'bottom',
  align = 'start',
  children,
}: PopoverProps) => (
  <Radix.Root>
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
