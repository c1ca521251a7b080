import { ChevronRight } from 'lucide-react'
import { Collapsible } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names'

interface DisclosureProps {
  label: ReactNode
  className?: string
  children: ReactNode
}

/** A line that opens a less important part. */
export const Disclosure = ({ label, className, children }: DisclosureProps) => (
  <Collapsible.Root className={classNames('group', className)}>
    <Collapsible.Trigger className="-mx-1 flex h-7 w-[calc(100%+8px)] items-center gap-1 rounded-md px-1 text-left text-sm text-muted transition-colors hover:bg-hover hover:text-text">
      <ChevronRight
        aria-hidden
        className="size-4 shrink-0 transition-transform group-data-[state=open]:rotate-90"
      />
      {label}
    </Collapsible.Trigger>
    <Collapsible.Content>{children}</Collapsible.Content>
  </Collapsible.Root>
)
