import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProviderDescription, SettingsView } from '../../../preload/contract'
import { useClearKey, useSetKey, useTestProvider } from '../../data/use-providers'
import { useSay } from '../../language/use-say'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { TextInput } from '../../ui/text-input'
import { toast } from '../../ui/toast-store'
import { VerdictMark } from '../../ui/verdict-mark'
import { keyState, maySave, takesKey } from './key-state'

/** Said before a key is saved where nothing encrypts it. */
const PlainWarning = ({
  folder,
  accepted,
  onAccept,
}: {
  folder: string
  accepted: boolean
  onAccept: (accepted: boolean) => void
}) => {
  const { t } = useTranslation()
  return (
    <div className="flex gap-2 rounded-md bg-accent-soft p-3" role="alert">
      <VerdictMark className="mt-0.5" mark="warn" />
      <div className="flex min-w-0 flex-col gap-2">
        <p className="break-words">
          <span className="block font-medium">{t('settings.providers.plainTitle')}</span>
          {t('settings.providers.plainText', { folder })}
        </p>
        <label className="flex items-center gap-2">
          <input
            checked={accepted}
            className="size-4 accent-(--accent-fill)"
            onChange={({ currentTarget }) => onAccept(currentTarget.checked)}
            type="checkbox"
          />
          {t('settings.providers.plainAccept')}
        </label>
      </div>
    </div>
  )
}

/** A field for a key: it goes out and never comes back. */
const KeyForm = ({ provider, view }: { provider: ProviderDescription; view: SettingsView }) => {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [accepted, setAccepted] = useState(false)
  const { mutate: setKey, isPending } = useSetKey()
  const { keyStore } = view
  const plain = !keyStore.encrypted && typed.trim() !== ''
  const save = () => {
    if (!maySave(typed, keyStore, accepted)) return
    setKey(
      { id: provider.id, key: typed.trim() },
      {
        onSuccess: () => {
          setTyped('')
          setAccepted(false)
          toast({ level: 'pass', text: t('settings.providers.saved') })
        },
      },
    )
  }
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <div className="flex gap-2">
        <TextInput
          aria-label={t('settings.providers.keyOf', { name: provider.name })}
          autoComplete="new-password"
          className="flex-1"
          maxLength={512}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          placeholder={t(
            provider.key === 'stored' ? 'settings.providers.replace' : 'settings.providers.enter',
          )}
          type="password"
          value={typed}
        />
        <Button
          busy={isPending}
          disabled={!maySave(typed, keyStore, accepted)}
          look={typed.trim() === '' ? 'secondary' : 'primary'}
          type="submit"
        >
          {t('settings.providers.save')}
        </Button>
      </div>
      {plain ? (
        <PlainWarning accepted={accepted} folder={view.homeFolder} onAccept={setAccepted} />
      ) : null}
    </form>
  )
}

const RemoveKey = ({ provider }: { provider: ProviderDescription }) => {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const { mutate: clear, isPending } = useClearKey()
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        {t('settings.providers.remove')}
      </Button>
      <Dialog
        closeLabel={t('common.close')}
        description={t('settings.providers.removeText')}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{t('common.cancel')}</Button>
            <Button
              busy={isPending}
              look="danger"
              onClick={() =>
                clear(provider.id, {
                  onSuccess: () => toast({ level: 'info', text: t('settings.providers.removed') }),
                  onSettled: () => setAsking(false),
                })
              }
            >
              {t('settings.providers.remove')}
            </Button>
          </>
        }
        onOpenChange={setAsking}
        open={asking}
        title={t('settings.providers.removeTitle', { name: provider.name })}
      />
    </>
  )
}

/** A provider with where its key comes from, a field for another one, and a free question to it. */
export const ProviderRow = ({
  provider,
  view,
}: {
  provider: ProviderDescription
  view: SettingsView
}) => {
  const { t } = useTranslation()
  const say = useSay()
  const answerId = useId()
  const { mutate: test, isPending: testing, data: answer, reset } = useTestProvider()
  const state = keyState(provider.key, view.keyStore)
  const variable = provider.keyVariable ?? ''
  return (
    <section
      aria-label={provider.name}
      className="flex flex-col gap-3 p-4"
      data-provider={provider.id}
    >
      <div className="flex items-start gap-4">
        <div className="min-w-0 flex-1">
          <h3 className="font-medium">{provider.name}</h3>
          <p className="text-sm text-muted">{say(provider.tagline)}</p>
          <p className="mt-1 flex items-center gap-1.5 text-sm">
            <VerdictMark mark={state.mark} />
            {t(`settings.providers.${state.say}`, { variable })}
          </p>
        </div>
        <div className="flex shrink-0 gap-1">
          {provider.key === 'stored' ? <RemoveKey provider={provider} /> : null}
          {provider.key === 'none' ? null : (
            <Button
              aria-describedby={answerId}
              aria-label={t('settings.providers.testOf', { name: provider.name })}
              busy={testing}
              onClick={() => {
                reset()
                test(provider.id)
              }}
              title={t('settings.providers.testHint')}
            >
              {t(testing ? 'settings.providers.testing' : 'settings.providers.test')}
            </Button>
          )}
        </div>
      </div>
      <div className="contents" id={answerId} role="status">
        {answer ? (
          <p className="flex items-start gap-2">
            <VerdictMark className="mt-0.5" mark={answer.ok ? 'pass' : 'fail'} />
            {say(answer.text)}
          </p>
        ) : null}
      </div>
      {takesKey(provider) ? <KeyForm provider={provider} view={view} /> : null}
      {provider.key === 'environment' ? (
        <p className="text-sm text-muted">{t('settings.providers.environmentHint')}</p>
      ) : null}
    </section>
  )
}
