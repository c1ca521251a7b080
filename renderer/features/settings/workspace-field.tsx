import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProviderDescription } from '../../../preload/contract'
import { workspacePattern } from '../../../preload/contract/bounds'
import { useChangeSettings } from '../../data/use-settings'
import { Button } from '../../ui/button'
import { Field, TextInput } from '../../ui/field'
import type { ProviderProps } from './key-state'

/** The host of requests for a workspace; without a workspace, the shared host. */
export const hostFor = (
  { baseUrl, workspaceDomain }: Pick<ProviderDescription, 'baseUrl' | 'workspaceDomain'>,
  workspace: string,
): string => {
  const url = URL.parse(baseUrl)
  // Another address than the service's own was set for this run: workspaces do not apply.
  const isOwn = url?.hostname.endsWith('.aliyuncs.com') ?? false
  return isOwn && workspaceDomain && workspacePattern.test(workspace)
    ? `${workspace.toLowerCase()}.${workspaceDomain}`
    : (url?.host ?? baseUrl)
}

/** The id of the person's workspace, which becomes part of the host; empty for the shared host. */
export const WorkspaceField = ({ provider, view }: ProviderProps) => {
  const { t } = useTranslation()
  const id = useId()
  const { workspaces } = view.settings
  const kept = workspaces[provider.id] ?? ''
  const [typed, setTyped] = useState<string | null>(null)
  const { mutate: change, isPending } = useChangeSettings()
  const shown = (typed ?? kept).trim()
  const isFine = shown === '' || workspacePattern.test(shown)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!isFine) return
    const workspace = shown === '' ? null : shown
    change(
      { workspaces: { ...workspaces, [provider.id]: workspace } },
      { onSuccess: () => setTyped(null) },
    )
  }
  return (
    <form onSubmit={save}>
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
