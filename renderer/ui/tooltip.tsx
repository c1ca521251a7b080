import { Tooltip as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import type { ShortcutId } from '../keyboard/shortcuts'
import { Kbd } from './kbd'

interface TooltipProps {
  label: ReactNode
  shortcut?: ShortcutId | undefined
  side?: 'top' | 'right' | 'bottom' | 'left'
  children: ReactNode
}

/** A few words about its child, and the shortcut; without `label`, the child alone. */
export const Tooltip = ({ label, shortcut, side = 'top', children }: TooltipProps) => {
  if (label === null || label === undefined || label === '') return children
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className="z-50 flex max-w-72 animate-appear items-center gap-2 rounded-md border border-line bg-raised px-2 py-1 text-sm text-text shadow-float"
          collisionPadding={8}
          side={side}
          sideOffset={6}
        >
          {label}
          {shortcut ? <Kbd shortcut={shortcut} /> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={500} skipDelayDuration={200}>
    {children}
  </Radix.Provider>
)
