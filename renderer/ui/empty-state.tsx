import type { ReactNode } from 'react'

interface EmptyStateProps {
  icon?: ReactNode
  title?: string
  sentence: string
  /** The button, and at most one quieter button beside it. */
  children?: ReactNode
}

/** An empty screen: one sentence and a button. */
export const EmptyState = ({ icon, title, sentence, children }: EmptyStateProps) => (
  <div className="flex h-full flex-col items-center justify-center gap-4 p-8 text-center">
    {icon ? <div className="text-muted [&_svg]:size-8 [&_svg]:stroke-[1.25]">{icon}</div> : null}
    <div className="flex flex-col gap-1">
      {title ? <h2 className="text-lg font-semibold">{title}</h2> : null}
      <p className="max-w-96 text-balance text-muted">{sentence}</p>
    </div>
    {children ? <div className="flex items-center gap-2">{children}</div> : null}
  </div>
)
