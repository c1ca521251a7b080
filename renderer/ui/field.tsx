import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names'

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

/** A text field with one line. */
export const TextInput = ({ className, ...rest }: ComponentProps<'input'>) => (
  <input
    autoComplete="off"
    className={classNames(
      'h-8 min-w-0 rounded-md border border-edge bg-field px-2.5 outline-none transition-colors focus-visible:border-accent disabled:opacity-45 aria-invalid:border-fail',
      className,
    )}
    spellCheck={false}
    type="text"
    {...rest}
  />
)

/** A text field with several lines; grows with its text. */
export const TextArea = ({ className, ...rest }: ComponentProps<'textarea'>) => (
  <textarea
    className={classNames(
      'field-sizing-content w-full resize-none rounded-md border border-edge bg-field px-2.5 py-2 leading-5 outline-none transition-colors focus-visible:border-accent disabled:opacity-45 aria-invalid:border-fail',
      className,
    )}
    {...rest}
  />
)
