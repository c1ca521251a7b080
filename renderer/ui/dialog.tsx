import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { classNames } from './class-names'

/**
 * Moves the focus into the dialog and back to where it was: Radix itself goes back to a trigger only, and ours have none.
 * `data-first` has the focus first; with `autoFocus` it would move before anyone has seen where it was.
 */
const useFocus = () => {
  const before = useRef<Element | null>(null)
  return {
    onOpenAutoFocus: (event: Event) => {
      before.current = document.activeElement
      const first = (event.currentTarget as Element).querySelector<HTMLElement>('[data-first]')
      if (!first) return
      event.preventDefault()
      first.focus()
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault()
      if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true })
    },
  }
}

const sizes = {
  form: 'max-h-[85vh] max-w-md',
  sheet: 'max-h-[calc(100vh-48px)] max-w-5xl',
}

interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  closeLabel: string
  size?: keyof typeof sizes
  /** Buttons, the last one being the verb. */
  footer?: ReactNode
  children?: ReactNode
}

/** A question or a form above everything else; Esc and a click outside close it. */
export const Dialog = ({
  open,
  onOpenChange,
  title,
  description,
  closeLabel,
  size = 'form',
  footer,
  children,
}: DialogProps) => {
  const focus = useFocus()
  return (
    <Radix.Root onOpenChange={onOpenChange} open={open}>
      <Radix.Portal>
        {/* Not Radix.Overlay: that one writes a <style>, which our content policy stops. */}
        <div aria-hidden className="fixed inset-0 z-40 bg-black/45" />
        <Radix.Content
          className={classNames(
            'fixed top-1/2 left-1/2 z-40 flex w-[calc(100vw-48px)] -translate-x-1/2 -translate-y-1/2 flex-col gap-4 rounded-lg border border-line bg-panel p-6 shadow-float outline-none',
            sizes[size],
          )}
          {...(description ? {} : { 'aria-describedby': undefined })}
          {...focus}
        >
          <div className="flex items-start gap-4">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-1 text-muted">{description}</Radix.Description>
              ) : null}
            </div>
            <Radix.Close
              aria-label={closeLabel}
              className="-mt-1 -mr-2 inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text"
            >
              <X aria-hidden className="size-4" />
            </Radix.Close>
          </div>
          {children ? <div className="min-h-0 overflow-y-auto">{children}</div> : null}
          {footer ? <div className="flex justify-end gap-2">{footer}</div> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
