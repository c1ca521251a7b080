import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProviderDescription, SettingsView } from '../../../preload/contract'
import { useBucket } from '../../data/use-bucket'
import { useProviders, useTestProvider, useTryRegion } from '../../data/use-providers'
import { useSay } from '../../language/use-say'
import { show } from '../../navigation'
import { Button } from '../../ui/button'
import { toast } from '../../ui/toast-store'
import { VerdictMark } from '../../ui/verdict-mark'
import { KeyForm, RemoveKey } from './key-form'
import { keyState, takesKey } from './key-state'
import { ProviderAccount } from './provider-account'
import { WorkspaceField } from './workspace-field'

/** Asks the other region about a refused key. */
const TryRegion = ({ id, onDone }: { id: 'dashscope' | 'dashscope-cn'; onDone: () => void }) => {
  const { t } = useTranslation()
  const { data: providers = [] } = useProviders()
  const { mutate: tryRegion, isPending } = useTryRegion()
  return (
    <Button
      busy={isPending}
      look="accent"
      onClick={() =>
        tryRegion(id, {
          onSuccess: ({ id: found }) => {
            const name = providers.find((one) => one.id === found)?.name ?? found
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

/** Whether files need the person's bucket on their way to this provider, and whether there is one. */
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

/** A free question to the provider, and what came back. */
const useTest = (provider: ProviderDescription) => {
  const { mutate, isPending, data, reset } = useTestProvider()
  const ask = () => {
    reset()
    mutate(provider.id)
  }
  return { ask, asking: isPending, answer: data, forget: reset }
}

const Answer = ({
  provider,
  test: { answer, forget },
}: {
  provider: ProviderDescription
  test: ReturnType<typeof useTest>
}) => {
  const say = useSay()
  if (!answer) return null
  const { id } = provider
  const isRegional = id === 'dashscope' || id === 'dashscope-cn'
  return (
    <div className="flex items-start gap-2">
      <VerdictMark className="mt-0.5" mark={answer.ok ? 'pass' : 'fail'} />
      <p className="min-w-0 flex-1">{say(answer.text)}</p>
      {answer.action === 'try-region' && isRegional ? <TryRegion id={id} onDone={forget} /> : null}
    </div>
  )
}

const Heading = ({ provider, view }: { provider: ProviderDescription; view: SettingsView }) => {
  const { t } = useTranslation()
  const say = useSay()
  const state = keyState(provider.key, view.keyStore)
  return (
    <div className="min-w-0 flex-1">
      <h3 className="font-medium">{provider.name}</h3>
      <p className="text-sm text-muted">{say(provider.tagline)}</p>
      <p className="mt-1 flex items-center gap-1.5 text-sm">
        <VerdictMark mark={state.mark} />
        {t(`settings.providers.${state.say}`, { variable: provider.keyVariable ?? '' })}
      </p>
    </div>
  )
}

/** A provider with where its key comes from, a field for another one, what it bills, and a free question to it. */
export const ProviderRow = ({
  provider,
  view,
}: {
  provider: ProviderDescription
  view: SettingsView
}) => {
  const { t } = useTranslation()
  const answerId = useId()
  const test = useTest(provider)
  return (
    <section
      aria-label={provider.name}
      className="flex flex-col gap-3 p-4"
      data-provider={provider.id}
    >
      <div className="flex items-start gap-4">
        <Heading provider={provider} view={view} />
        <div className="flex shrink-0 gap-1">
          {provider.key === 'stored' ? <RemoveKey provider={provider} /> : null}
          {provider.key === 'none' ? null : (
            <Button
              aria-describedby={answerId}
              aria-label={t('settings.providers.testOf', { name: provider.name })}
              busy={test.asking}
              onClick={test.ask}
              title={t('settings.providers.testHint')}
            >
              {t(test.asking ? 'settings.providers.testing' : 'settings.providers.test')}
            </Button>
          )}
        </div>
      </div>
      <div className="contents" id={answerId} role="status">
        <Answer provider={provider} test={test} />
      </div>
      {takesKey(provider) ? <KeyForm provider={provider} view={view} /> : null}
      {provider.key === 'environment' ? (
        <p className="text-sm text-muted">{t('settings.providers.environmentHint')}</p>
      ) : null}
      {provider.workspaceDomain ? <WorkspaceField provider={provider} view={view} /> : null}
      <ProviderAccount provider={provider} />
      <FilesLine provider={provider} />
    </section>
  )
}
