import { useTranslation } from 'react-i18next'
import type { ProviderDescription } from '../../preload/contract'
import { useDraft } from '../data/use-drafts'
import { useProvider } from '../data/use-providers'
import { useSettings } from '../data/use-settings'
import { useSay } from '../language/use-say'
import { show, usePlace } from '../navigation'
import { classNames } from '../ui/class-names'
import { Tooltip } from '../ui/tooltip'

/** The state of a provider's key, in words. */
export const useKeyState = () => {
  const { t } = useTranslation()
  return ({ key, keyVariable }: ProviderDescription): string => {
    const state = key === 'not-needed' ? 'notNeeded' : key
    return t(`common.providerState.${state}`, { variable: keyVariable ?? '' })
  }
}

/** Allows a line break before each dot of a name such as aivideoapi.ai. */
const breakable = (name: string): string => name.replace(/\.(?=\S)/g, '\u200b$&')

/** The provider of the current edit, else the default provider, and the state of its key. */
export const ProviderState = () => {
  const { t } = useTranslation()
  const say = useSay()
  const keyState = useKeyState()
  const { view, clipId } = usePlace()
  const draft = useDraft(view === 'edit' ? clipId : null)
  const chosen = useSettings().data?.settings.provider
  const provider = useProvider(draft?.provider ?? chosen)
  if (!provider) return <div className="h-14" />
  const tagline = say(provider.tagline)
  const missing = provider.key === 'none'
  const free = provider.key === 'not-needed'
  return (
    <Tooltip
      label={
        <span>
          {tagline}
          <span className="block text-muted">{keyState(provider)}</span>
        </span>
      }
      side="right"
    >
      <button
        aria-label={`${tagline}. ${keyState(provider)}`}
        className="flex w-full flex-col items-center justify-center gap-1.5 rounded-lg py-2 text-[10px] leading-3 tracking-tight text-muted transition-colors hover:bg-hover hover:text-text"
        data-testid="provider-state"
        onClick={() => show('settings')}
        type="button"
      >
        <span
          aria-hidden
          className={classNames(
            'size-2 rounded-full',
            missing ? 'border border-current' : free ? 'bg-muted' : 'bg-pass',
          )}
        />
        <span className="line-clamp-5 max-w-full break-keep text-center text-balance [overflow-wrap:anywhere]">
          {free ? tagline : breakable(provider.name)}
        </span>
        {free ? null : (
          <span className="line-clamp-3 max-w-full text-center [overflow-wrap:anywhere]">
            {provider.key === 'environment' ? t('common.providerState.there') : keyState(provider)}
          </span>
        )}
      </button>
    </Tooltip>
  )
}
