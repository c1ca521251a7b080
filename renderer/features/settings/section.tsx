import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
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
type SectionId = (typeof sectionIds)[number]

interface SectionProps {
  id: SectionId
  intro?: string
  children: ReactNode
}

/** A titled part of Settings. */
export const Section = ({ id, intro, children }: SectionProps) => {
  const { t } = useTranslation()
  const headingId = `settings-${id}`
  return (
    <section
      aria-labelledby={headingId}
      className="flex scroll-mt-6 flex-col gap-3"
      data-section={id}
    >
      <div>
        <h2 className="text-lg font-semibold" id={headingId}>
          {t(`settings.section.${id}`)}
        </h2>
        {intro ? <p className="text-muted">{intro}</p> : null}
      </div>
      {children}
    </section>
  )
}

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
