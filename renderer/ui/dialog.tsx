import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button'
import { classNames } from './class-names'

/**
 * Moves the focus into the dialog and, on closing, back to where it was: Radix returns it to a trigger only, and these
 * dialogs have none. The element with `data-first` gets the focus first; `autoFocus` would move it too early to remember
 * where it was.
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
  page: 'max-h-[85vh] max-w-3xl',
  sheet: 'max-h-[calc(100vh-48px)] max-w-5xl',
}

interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  size?: keyof typeof sizes
  /** Buttons; the last one confirms. */
  footer?: ReactNode
  children?: ReactNode
}

/** A question or a form above everything else. Esc and a click outside close it. */
export const Dialog = ({
  open,
  onOpenChange,
  title,
  description,
  size = 'form',
  footer,
  children,
}: DialogProps) => {
  const { t } = useTranslation()
  const focus = useFocus()
  return (
    <Radix.Root onOpenChange={onOpenChange} open={open}>
      <Radix.Portal>
        {/* Radix.Overlay would add a <style>, which the content security policy blocks. */}
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
              aria-label={t('common.close')}
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

interface ConfirmDialogProps extends Pick<DialogProps, 'open' | 'title'> {
  onClose: () => void
  description: string
  /** The label of the confirming button. */
  confirm: string
  onConfirm: () => void
  look?: 'primary' | 'danger'
  busy?: boolean
  /** The confirming button has the focus first, so that Enter confirms. */
  confirmFirst?: boolean
}

/** A question with two buttons: Cancel and one that confirms. */
export const ConfirmDialog = (props: ConfirmDialogProps) => {
  const { t } = useTranslation()
  const { onClose, look = 'danger', busy = false, confirmFirst } = props
  return (
    <Dialog
      description={props.description}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button busy={busy} data-first={confirmFirst} look={look} onClick={props.onConfirm}>
            {props.confirm}
          </Button>
        </>
      }
      onOpenChange={(open) => !open && onClose()}
      open={props.open}
      title={props.title}
    />
  )
}
