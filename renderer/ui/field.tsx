import type { ReactNode } from 'react'

interface FieldProps {
  label: ReactNode
  htmlFor?: string | undefined
  aside?: ReactNode
  hint?: ReactNode
  /** A sentence about what is wrong with the value. */
  problem?: ReactNode
  children: ReactNode
}

/** A label above a control, with a counter beside the label and a line below the control. */
export const Field = ({ label, htmlFor, aside, hint, problem, children }: FieldProps) => (
  <div className="flex flex-col gap-1.5">
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
