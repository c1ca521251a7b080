import { useTranslation } from 'react-i18next'
import type { Draft, ProviderDescription, ProviderId } from '../../../../preload/contract'
import { modeOfSource, modeRow } from '../../../../preload/contract/mode-table'
import { useChangeDraft } from '../../../data/use-drafts'
import { useProviders } from '../../../data/use-providers'
import { useChangeSettings } from '../../../data/use-settings'
import { useKeyState } from '../../../frame/provider-state'
import { useSay } from '../../../language/use-say'
import { Select } from '../../../ui/select'

type Chosen = Pick<ProviderDescription, 'id' | 'name' | 'modes'>

/** The draft for another provider. An option with the old provider's default changes to the new provider's default. */
export const withProvider = (draft: Draft, from: Chosen | undefined, to: Chosen): Draft => {
  const rewrites = (provider: Chosen) =>
    modeRow(provider, modeOfSource[draft.source.kind]).defaults?.promptExtend ?? true
  const untouched = from !== undefined && draft.options.promptExtend === rewrites(from)
  const promptExtend = untouched ? rewrites(to) : draft.options.promptExtend
  return { ...draft, provider: to.id, options: { ...draft.options, promptExtend } }
}

/** The choice of provider. It becomes the default for new drafts. */
export const ProviderPicker = ({ draft }: { draft: Draft }) => {
  const { t } = useTranslation()
  const say = useSay()
  const keyState = useKeyState()
  const providers = useProviders().data ?? []
  const change = useChangeDraft(draft.id)
  const { mutate: changeSettings } = useChangeSettings()
  const onChange = (provider: ProviderId) => {
    const named = (id: ProviderId) => providers.find((one) => one.id === id)
    const to = named(provider)
    if (!to) return
    change((before) => withProvider(before, named(before.provider), to))
    changeSettings({ provider })
  }
  return (
    <div className="flex items-center justify-between gap-2">
      <span className="text-sm text-muted">{t('edit.submit.provider')}</span>
      <Select
        className="-mr-1.5 text-sm"
        label={t('edit.submit.provider')}
        onChange={onChange}
        options={providers.map((provider) => ({
          value: provider.id,
          label: provider.name,
          detail:
            provider.key === 'not-needed'
              ? say(provider.tagline)
              : `${say(provider.tagline)} · ${keyState(provider)}`,
        }))}
        quiet
        value={draft.provider}
      />
    </div>
  )
}
