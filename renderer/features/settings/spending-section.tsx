import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SettingsView, SpendingUnit } from '../../../preload/contract'
import {
  highestSpendingLimit,
  spendingDefaults,
  spendingUnits,
} from '../../../preload/contract/bounds'
import { useChangeSettings } from '../../data/use-settings'
import { TextInput } from '../../ui/field'
import { Switch } from '../../ui/switch'
import { Card, Section } from './section'

const signs: Record<SpendingUnit, string> = { USD: '$', CNY: '¥', credits: '' }

/** The number of a typed limit, with a point or a comma; undefined for anything but a number above 0. */
export const parseLimit = (typed: string): number | undefined => {
  const text = typed.trim().replace(',', '.')
  if (!/^\d+(\.\d*)?$|^\.\d+$/.test(text)) return undefined
  const limit = Number(text)
  return limit > 0 && limit <= highestSpendingLimit ? limit : undefined
}

const LimitRow = ({ unit, view }: { unit: SpendingUnit; view: SettingsView }) => {
  const { t } = useTranslation()
  const id = useId()
  const { spending } = view.settings
  const kept = spending[unit]
  const [typed, setTyped] = useState<string | null>(null)
  const { mutate: change } = useChangeSettings()
  const set = (limit: number | null) => change({ spending: { ...spending, [unit]: limit } })
  const parsed = typed === null ? kept : parseLimit(typed)
  const settle = () => {
    if (typed !== null && parsed !== undefined && parsed !== null && parsed !== kept) set(parsed)
    setTyped(null)
  }
  return (
    <div className="flex min-h-14 items-center gap-4 px-4 py-2.5" data-unit={unit}>
      <label className="min-w-0 flex-1" htmlFor={id}>
        <span className="block">{t(`spending.limit.${unit}`)}</span>
        <span className="block text-sm text-muted">
          {parsed === undefined ? t('spending.wrong') : t(`spending.limitHint.${unit}`)}
        </span>
      </label>
      <span className="text-sm text-muted">
        {t(kept === null ? 'spending.never' : 'spending.askAbove')}
      </span>
      {kept === null ? null : (
        <span className="flex items-center gap-1">
          <span className="w-3 text-right text-muted">{signs[unit]}</span>
          <TextInput
            aria-invalid={parsed === undefined}
            className="w-24 text-right"
            id={id}
            inputMode="decimal"
            onBlur={settle}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            onKeyDown={({ key }) => key === 'Enter' && settle()}
            value={typed ?? String(kept)}
          />
        </span>
      )}
      <Switch
        checked={kept !== null}
        label={`${t(`spending.limit.${unit}`)}: ${t('spending.ask')}`}
        onChange={(asks) => set(asks ? spendingDefaults[unit] : null)}
      />
    </div>
  )
}

/** The amounts above which a submission has to be confirmed. */
export const SpendingSection = ({ view }: { view: SettingsView }) => {
  const { t } = useTranslation()
  return (
    <Section id="spending" intro={t('spending.intro')}>
      <Card>
        {spendingUnits.map((unit) => (
          <LimitRow key={unit} unit={unit} view={view} />
        ))}
      </Card>
    </Section>
  )
}
