import type { ComponentProps } from 'react'
import { classNames } from './class-names'

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
