import type { ComponentProps } from 'react'
import { classNames } from './class-names'

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
