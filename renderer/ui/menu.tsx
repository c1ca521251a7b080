import { DropdownMenu as Radix } from 'radix-ui'
import { Fragment, type ReactNode } from 'react'

interface MenuItem {
  label: string
  icon: ReactNode
  onSelect: () => void
  /** Draws a line above the command. */
  isApart?: boolean
}

interface MenuProps {
  trigger: ReactNode
  items: readonly MenuItem[]
  align?: 'start' | 'end'
}

/** A list of commands that opens from a button. */
export const Menu = ({ trigger, items, align = 'end' }: MenuProps) => (
  <Radix.Root modal={false}>
    <Radix.Trigger asChild>{trigger}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        align={align}
        className="z-50 min-w-40 animate-appear rounded-lg border border-line bg-raised p-1 shadow-float"
        collisionPadding={8}
        sideOffset={4}
      >
        {items.map(({ label, icon, onSelect, isApart }) => (
          <Fragment key={label}>
            {isApart ? <Radix.Separator className="mx-2 my-1 h-px bg-line" /> : null}
            <Radix.Item
              className="flex h-7 items-center gap-2 rounded-md px-2 outline-none data-highlighted:bg-hover [&_svg]:size-4"
              onSelect={onSelect}
            >
              {icon}
              {label}
            </Radix.Item>
          </Fragment>
        ))}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
)
