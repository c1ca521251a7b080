import { ChevronRight } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProviderDescription, ProviderId } from '../../../preload/contract'
import { useProviderName, useTestProvider, useTryRegion } from '../../data/use-providers'
import { useBucket } from '../../data/use-settings'
import { useSay } from '../../language/use-say'
import { show } from '../../navigation'
import { Button } from '../../ui/button'
import { classNames } from '../../ui/class-names'
import { toast } from '../../ui/toast-store'
import { VerdictMark } from '../../ui/verdict-mark'
import { KeyForm, RemoveKey } from './key-form'
import { acceptsKey, keyState, type ProviderProps } from './key-state'
import { ProviderAccount } from './provider-account'
import { WorkspaceField } from './workspace-field'

/** Tries a refused key in the other region. */
const TryRegion = ({ id, onDone }: { id: ProviderId; onDone: () => void }) => {
  const { t } = useTranslation()
  const providerName = useProviderName()
  const { mutate: tryRegion, isPending } = useTryRegion()
  return (
    <Button
      busy={isPending}
      look="accent"
      onClick={() =>
        tryRegion(id, {
          onSuccess: ({ id: found }) => {
            const name = providerName(found)
            toast({ level: 'pass', text: t('settings.providers.regionFound', { name }) })
          },
          onSettled: onDone,
        })
      }
      size="sm"
    >
      {t('settings.providers.tryRegion')}
    </Button>
  )
}

/** Whether files for this provider need the person's bucket, and whether there is one. */
const FilesLine = ({ provider }: { provider: ProviderDescription }) => {
  const { t } = useTranslation()
  const { data: bucket } = useBucket()
  const { stores = 'all' } = provider
  if (stores === 'all') return null
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
      {t(`settings.providers.${stores === 'nothing' ? 'storesNothing' : 'storesImages'}`)}{' '}
      {bucket?.isReady ? (
        t('settings.providers.bucketReady')
      ) : (
        <button
          className="rounded-sm text-accent-text hover:underline"
          onClick={() => show('settings', 'storage')}
          type="button"
        >
          {t('settings.providers.setUpBucket')}
        </button>
      )}
    </p>
  )
}

/** The provider's name and the state of its key. */
const Heading = ({ provider, view }: ProviderProps) => {
  const { t } = useTranslation()
  const say = useSay()
  const state = keyState(provider.key, view.keyStore)
  return (
    <>
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{provider.name}</span>
        <span className="block text-sm text-muted">{say(provider.tagline)}</span>
      </span>
      <span
        className={classNames(
          'flex shrink-0 items-center gap-1.5 pt-0.5 text-sm',
          provider.key === 'none' && 'text-muted',
        )}
      >
        <VerdictMark mark={state.mark} />
        {t(`settings.providers.${state.say}`, { variable: provider.keyVariable ?? '' })}
      </span>
    </>
  )
}

interface ProviderRowProps extends ProviderProps {
  /** Whether the row is open at first; it also opens when this becomes true. */
  opens: boolean
}

/** A provider and the state of its key; the open row has the key's field, prices, and where files are stored. */
export const ProviderRow = ({ provider, view, opens }: ProviderRowProps) => {
  const { t } = useTranslation()
  const say = useSay()
  const answerId = useId()
  const bodyId = useId()
  const { mutate: test, isPending: testing, data: answer, reset: forget } = useTestProvider()
  const [open, setOpen] = useState(opens)
  // It never closes by itself: removing a key would move the page under the pointer.
  useEffect(() => {
    if (opens) setOpen(true)
  }, [opens])
  return (
    <section
      aria-label={provider.name}
      className="flex scroll-mt-6 flex-col gap-3 p-4"
      data-provider={provider.id}
    >
      <div className="flex items-center gap-4">
        <h3 className="min-w-0 flex-1">
          <button
            aria-controls={bodyId}
            aria-expanded={open}
            className="-m-2 flex w-[calc(100%+16px)] items-start gap-2 rounded-md p-2 text-left transition-colors hover:bg-hover"
            data-testid="provider-toggle"
            onClick={() => setOpen(!open)}
            type="button"
          >
            <ChevronRight
              aria-hidden
              className={classNames(
                'mt-0.5 size-4 shrink-0 text-muted transition-transform',
                open && 'rotate-90',
              )}
            />
            <Heading provider={provider} view={view} />
          </button>
        </h3>
        {open && provider.key === 'stored' ? <RemoveKey provider={provider} /> : null}
        {provider.key === 'none' ? null : (
          <Button
            aria-describedby={answerId}
            aria-label={t('settings.providers.testOf', { name: provider.name })}
            busy={testing}
            onClick={() => test(provider.id)}
            title={t('settings.providers.testHint')}
          >
            {t(testing ? 'common.testing' : 'settings.providers.test')}
          </Button>
        )}
      </div>
      <div className="contents" id={answerId} role="status">
        {answer ? (
          <div className="flex items-start gap-2">
            <VerdictMark className="mt-0.5" mark={answer.ok ? 'pass' : 'fail'} />
            <p className="min-w-0 flex-1">{say(answer.text)}</p>
            {answer.action === 'try-region' && provider.sibling ? (
              <TryRegion id={provider.id} onDone={forget} />
            ) : null}
          </div>
        ) : null}
      </div>
      <div className="flex flex-col gap-3 pl-6 empty:hidden" hidden={!open} id={bodyId}>
        {open ? (
          <>
            {acceptsKey(provider) ? <KeyForm provider={provider} view={view} /> : null}
            {provider.key === 'environment' ? (
              <p className="text-sm text-muted">{t('settings.providers.environmentHint')}</p>
            ) : null}
            {provider.workspaceDomain ? <WorkspaceField provider={provider} view={view} /> : null}
            <ProviderAccount provider={provider} />
            <FilesLine provider={provider} />
          </>
        ) : null}
      </div>
    </section>
  )
}
