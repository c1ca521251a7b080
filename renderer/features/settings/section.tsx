import type { ReactNode } from 'react'
import { classNames } from '../../ui/class-names'

/** The sections in the order of the page. */
export const sectionIds = [
  'providers',
  'storage',
  'spending',
  'library',
  'tools',
  'appearance',
  'language',
  'notifications',
  'diagnostics',
  'about',
] as const
export type SectionId = (typeof sectionIds)[number]

export const isSectionId = (id: string): id is SectionId =>
  (sectionIds as readonly string[]).includes(id)

const headingId = (id: SectionId): string => `settings-${id}`

interface SectionProps {
  id: SectionId
  title: string
  intro?: string
  children: ReactNode
}

/** A titled part of Settings. */
export const Section = ({ id, title, intro, children }: SectionProps) => (
  <section
    aria-labelledby={headingId(id)}
    className="flex scroll-mt-6 flex-col gap-3"
    data-section={id}
  >
    <div>
      <h2 className="text-lg font-semibold" id={headingId(id)}>
        {title}
      </h2>
      {intro ? <p className="text-muted">{intro}</p> : null}
    </div>
    {children}
  </section>
)

/** A framed list of rows. */
export const Card = ({ children, className }: { children: ReactNode; className?: string }) => (
  <div
    className={classNames(
      'divide-y divide-line overflow-hidden rounded-lg border border-line bg-panel',
      className,
    )}
  >
    {children}
  </div>
)

interface RowProps {
  name: ReactNode
  detail?: ReactNode
  children?: ReactNode
}

/** A name with details at the left, its control at the right. */
export const Row = ({ name, detail, children }: RowProps) => (
  <div className="flex min-h-14 items-center gap-4 px-4 py-2.5">
    <div className="min-w-0 flex-1">
      <div>{name}</div>
      {detail ? <div className="text-sm break-words text-muted">{detail}</div> : null}
    </div>
    {children ? <div className="flex shrink-0 items-center gap-2">{children}</div> : null}
  </div>
)
