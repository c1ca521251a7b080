import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProviderDescription, SettingsView } from '../../../preload/contract'
import { useClearKey, useSetKey } from '../../data/use-providers'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { TextInput } from '../../ui/text-input'
import { toast } from '../../ui/toast-store'
import { maySave } from './key-state'
import { PlainWarning } from './plain-warning'

interface KeyFormProps {
  provider: ProviderDescription
  view: SettingsView
}

/** A field for a key: it goes out and never comes back. */
export const KeyForm = ({ provider, view }: KeyFormProps) => {
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

/** Forgets a stored key, after asking. */
export const RemoveKey = ({ provider }: { provider: ProviderDescription }) => {
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
