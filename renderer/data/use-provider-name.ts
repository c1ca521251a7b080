import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProviderId } from '../../preload/contract'
import { useProviders } from './use-providers'

/**
 * What a provider is called beside a job or a result: the Sandbox always says that it is no AI.
 * The short form is its name alone, for where the long one stands close by.
 */
export const useProviderName = () => {
  const { t } = useTranslation()
  const { data } = useProviders()
  return useCallback(
    (id: ProviderId, form: 'long' | 'short' = 'long'): string =>
      id === 'sandbox'
        ? t(form === 'long' ? 'library.sandbox' : 'library.sandboxShort')
        : (data?.find((provider) => provider.id === id)?.name ?? id),
    [t, data],
  )
}
