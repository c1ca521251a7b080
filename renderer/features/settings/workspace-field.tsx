import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProviderDescription, SettingsView } from '../../../preload/contract'
import { useChangeSettings } from '../../data/use-settings'
import { Button } from '../../ui/button'
import { Field } from '../../ui/field'
import { TextInput } from '../../ui/text-input'
import { hostFor, isWorkspaceId } from './workspace'

/** The id of a person's own workspace, which becomes part of the host; empty for the host that all share. */
export const WorkspaceField = ({
  provider,
  view,
}: {
  provider: ProviderDescription
  view: SettingsView
}) => {
  const { t } = useTranslation()
  const id = useId()
  const { workspaces } = view.settings
  const kept = workspaces[provider.id] ?? ''
  const [typed, setTyped] = useState<string | null>(null)
  const { mutate: change, isPending } = useChangeSettings()
  const shown = (typed ?? kept).trim()
  const isFine = shown === '' || isWorkspaceId(shown)
  const save = () => {
    if (!isFine) return
    const workspace = shown === '' ? null : shown
    change(
      { workspaces: { ...workspaces, [provider.id]: workspace } },
      { onSuccess: () => setTyped(null) },
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Field
        hint={
          isFine ? t('settings.providers.workspaceHint', { host: hostFor(provider, shown) }) : null
        }
        htmlFor={id}
        label={t('settings.providers.workspace')}
        problem={isFine ? null : t('settings.providers.workspaceWrong')}
      >
        <div className="flex gap-2">
          <TextInput
            aria-invalid={!isFine}
            className="flex-1"
            id={id}
            maxLength={63}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            value={typed ?? kept}
          />
          {shown === kept ? null : (
            <Button busy={isPending} disabled={!isFine} type="submit">
              {t('settings.providers.saveWorkspace')}
            </Button>
          )}
        </div>
      </Field>
    </form>
  )
}
