import { useTranslation } from 'react-i18next'
import type { SettingsView } from '../../../preload/contract'
import { useProviders } from '../../data/use-providers'
import { useChangeSettings } from '../../data/use-settings'
import { useSay } from '../../language/use-say'
import { useTarget } from '../../navigation'
import { Select } from '../../ui/select'
import { opensAtFirst } from './key-state'
import { ProviderRow } from './provider-row'
import { Card, Row, Section } from './section'

/** The default provider, and each provider with its key. */
export const ProvidersSection = ({ view }: { view: SettingsView }) => {
  const { t } = useTranslation()
  const say = useSay()
  const { data: providers = [] } = useProviders()
  const { mutate: change } = useChangeSettings()
  const asked = useTarget('settings')
  return (
    <Section id="providers" intro={t('settings.providers.intro')}>
      <Card>
        <Row name={t('settings.providers.default')}>
          <Select
            className="w-56"
            label={t('settings.providers.default')}
            onChange={(provider) => change({ provider })}
            options={providers.map((provider) => ({
              value: provider.id,
              label: provider.name,
              detail: say(provider.tagline),
            }))}
            value={view.settings.provider}
          />
        </Row>
        {providers.map((provider) => (
          <ProviderRow
            key={provider.id}
            opens={opensAtFirst(provider, view.settings.provider, asked)}
            provider={provider}
            view={view}
          />
        ))}
      </Card>
    </Section>
  )
}
