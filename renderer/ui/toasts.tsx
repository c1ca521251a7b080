import { X } from 'lucide-react'
import { Toast } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { Disclosure } from './disclosure'
import { dismissToast, staysFor, useToasts } from './toast-store'
import { VerdictMark } from './verdict-mark'

/** Toasts in the middle of the stage: below the controls at the top of every screen, over no column. */
export const Toasts = () => {
  const { t } = useTranslation()
  const messages = useToasts()
  return (
    <Toast.Provider label={t('common.notifications')} swipeDirection="up">
      {messages.map(({ id, level, text, details, action }) => (
        <Toast.Root
          className="flex w-full animate-appear items-center gap-3 rounded-lg border border-line bg-raised py-2 pr-2 pl-3 shadow-float"
          duration={staysFor(level)}
          key={id}
          onOpenChange={(open) => !open && dismissToast(id)}
          type={level === 'fail' ? 'foreground' : 'background'}
        >
          <VerdictMark mark={level} />
          <div className="min-w-0 flex-1">
            <Toast.Description className="break-words">{text}</Toast.Description>
            {details ? (
              <Disclosure label={t('common.details')}>
                <pre className="max-h-40 overflow-auto text-sm whitespace-pre-wrap" data-selectable>
                  {details}
                </pre>
              </Disclosure>
            ) : null}
          </div>
          {action ? (
            <Toast.Action altText={action.label} asChild>
              <button
                className="h-7 shrink-0 rounded-md px-2 font-medium text-accent-text hover:bg-hover"
                onClick={action.run}
                type="button"
              >
                {action.label}
              </button>
            </Toast.Action>
          ) : null}
          <Toast.Close
            aria-label={t('common.close')}
            className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text"
          >
            <X aria-hidden className="size-4" />
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="fixed top-14 left-[calc(50%-18px)] z-50 flex w-[clamp(280px,calc(100vw-600px),440px)] -translate-x-1/2 flex-col gap-2 outline-none" />
    </Toast.Provider>
  )
}
