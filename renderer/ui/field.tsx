import type { ReactNode } from 'react'
import { classNames } from './class-names'

interface FieldProps {
  label: ReactNode
  htmlFor?: string | undefined
  aside?: ReactNode
  hint?: ReactNode
  /** What is wrong with the value, as a sentence. */
  problem?: ReactNode
  className?: string
  children: ReactNode
}

/** A label above a control, with room for a counter beside it and a line below it. */
export const Field = ({
  label,
  htmlFor,
  aside,
  hint,
  problem,
  className,
  children,
}: FieldProps) => (
  <div className={classNames('flex flex-col gap-1.5', className)}>
    <div className="flex items-baseline justify-between gap-2">
      <label className="text-sm text-muted" htmlFor={htmlFor}>
        {label}
      </label>
      {aside ? <span className="text-xs text-muted">{aside}</span> : null}
    </div>
    {children}
    {problem ? <p className="text-sm text-fail">{problem}</p> : null}
    {hint ? <p className="text-sm text-muted">{hint}</p> : null}
  </div>
)
