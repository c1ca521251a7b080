import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names'

export type MenuItem =
  | {
      kind?: 'item'
      label: string
      icon?: ReactNode
      danger?: boolean
      disabled?: boolean
      onSelect: () => void
    }
  | { kind: 'separator' }

interface MenuProps {
  trigger: ReactNode
  items: readonly MenuItem[]
  align?: 'start' | 'center' | 'end'
}

/** A list of verbs behind a button. */
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
        {items.map((item, index) =>
          item.kind === 'separator' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: separators have no other name
            <Radix.Separator className="mx-2 my-1 h-px bg-line" key={`separator-${index}`} />
          ) : (
            <Radix.Item
              className={classNames(
                'flex h-7 items-center gap-2 rounded-md px-2 outline-none data-disabled:opacity-45 data-highlighted:bg-hover [&_svg]:size-4',
                item.danger && 'text-fail',
              )}
              disabled={item.disabled ?? false}
              key={item.label}
              onSelect={item.onSelect}
            >
              {item.icon}
              {item.label}
            </Radix.Item>
          ),
        )}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
)
