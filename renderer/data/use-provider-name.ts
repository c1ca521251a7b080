import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProviderId } from '../../preload/contract'
import { useProviders } from './use-providers'

/** What a provider is called beside a job or a result; the Sandbox always says that it is no AI. */
export const useProviderName = () => {
  const { t } = useTranslation()
  const { data } = useProviders()
  return useCallback(
    (id: ProviderId): string =>
      id === 'sandbox'
        ? t('library.sandbox')
        : (data?.find((provider) => provider.id === id)?.name ?? id),
    [t, data],
  )
}
