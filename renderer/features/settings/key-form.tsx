import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProviderDescription } from '../../../preload/contract'
import { longest } from '../../../preload/contract/bounds'
import { useClearKey, useSetKey } from '../../data/use-providers'
import { Button } from '../../ui/button'
import { ConfirmDialog } from '../../ui/dialog'
import { TextInput } from '../../ui/field'
import { toast } from '../../ui/toast-store'
import { VerdictMark } from '../../ui/verdict-mark'
import { maySave, type ProviderProps } from './key-state'

interface PlainWarningProps {
  folder: string
  accepted: boolean
  onAccept: (accepted: boolean) => void
}

/** A warning to accept before a key is saved without encryption. */
export const PlainWarning = ({ folder, accepted, onAccept }: PlainWarningProps) => {
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

/** A field for a key. Main stores the key and never gives it back. */
export const KeyForm = ({ provider, view }: ProviderProps) => {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [accepted, setAccepted] = useState(false)
  const { mutate: setKey, isPending } = useSetKey()
  const { keyStore } = view
  const isEmpty = typed.trim() === ''
  const may = maySave(typed, keyStore, accepted)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!may) return
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
    <form className="flex flex-col gap-2" onSubmit={save}>
      <div className="flex gap-2">
        <TextInput
          aria-label={t('settings.providers.keyOf', { name: provider.name })}
          autoComplete="new-password"
          className="flex-1"
          maxLength={longest.key}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          placeholder={t(
            provider.key === 'stored' ? 'settings.providers.replace' : 'settings.providers.enter',
          )}
          type="password"
          value={typed}
        />
        <Button
          busy={isPending}
          disabled={!may}
          look={isEmpty ? 'secondary' : 'primary'}
          type="submit"
        >
          {t('settings.providers.save')}
        </Button>
      </div>
      {keyStore.encrypted || isEmpty ? null : (
        <PlainWarning accepted={accepted} folder={view.homeFolder} onAccept={setAccepted} />
      )}
    </form>
  )
}

/** Deletes a stored key, after a question. */
export const RemoveKey = ({ provider }: { provider: ProviderDescription }) => {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const { mutate: clear, isPending } = useClearKey()
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        {t('common.remove')}
      </Button>
      <ConfirmDialog
        busy={isPending}
        confirm={t('common.remove')}
        description={t('settings.providers.removeText')}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          clear(provider.id, {
            onSuccess: () => toast({ level: 'info', text: t('settings.providers.removed') }),
            onSettled: () => setAsking(false),
          })
        }
        open={asking}
        title={t('settings.providers.removeTitle', { name: provider.name })}
      />
    </>
  )
}
